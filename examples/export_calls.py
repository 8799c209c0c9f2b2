"""Order an export of an agent's calls, wait for it, and stream it into a file."""

import tempfile
from pathlib import Path

from trunkline import Whispey

with Whispey() as whispey, tempfile.TemporaryDirectory() as folder:  # WHISPEY_API_KEY
    agent = whispey.agents.list()[0]
    ordered = whispey.exports.create(agent_id=agent.id, format="csv", include_transcripts=False)
    export = whispey.exports.wait(ordered.export_id, timeout=300, interval=0.2)
    file = Path(folder) / "calls.csv"
    whispey.exports.download(export.id, file)
    print(f"{export.record_count} calls, {file.stat().st_size} bytes")
