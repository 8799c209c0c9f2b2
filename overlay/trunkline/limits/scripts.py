"""Atomic Redis scripts: the generic cell rate algorithm (GCRA) with reservation.

Times are whole microseconds of the server's own clock. Each budget has two keys: its next free
slot and its pause; the pause keys follow the slot keys of all budgets. A budget that Redis does not
know, because it is new or was lost, starts late: slots assigned before may still be in use.
"""

from __future__ import annotations

from typing import Final

__all__ = ["PAUSE", "RESERVE"]

#: Milliseconds after which an unused budget is forgotten: 30 days.
_KEPT: Final = 30 * 86_400_000

_NOW: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local function keep(key, slot)
  redis.call('SET', key, string.format('%.0f', slot), 'PX', {kept})
end
""".replace("{kept}", str(_KEPT))

#: ARGV: within, whether this process returns from its own share, whether only a pause voids the
#: caller's slot; then for each budget: interval, leeway, delay of a late start, and the latest slot
#: that the process knows, from now. Returns the wait, then each budget's next free slot, from now.
RESERVE: Final = (
    _NOW
    + """
local within, back, confirming = tonumber(ARGV[1]), ARGV[2] == '1', ARGV[3] == '1'
local budgets, at, slots = #KEYS / 2, now, {}
if confirming and redis.call('EXISTS', unpack(KEYS, budgets + 1)) == 0 then return {0} end
for i = 1, budgets do
  local n = 4 * i
  local leeway, late, known = tonumber(ARGV[n + 1]), tonumber(ARGV[n + 2]), tonumber(ARGV[n + 3])
  local stored = redis.call('GET', KEYS[i])
  local slot = math.max(tonumber(stored or now), now + known)
  if not stored then slot = slot + late + leeway end
  if back then slot = math.max(slot, now + late + leeway) end
  slots[i] = slot
  at = math.max(at, slot - leeway)
end
local wait, reply = at - now, {at - now}
for i = 1, budgets do
  if wait < within then slots[i] = math.max(slots[i], at) + tonumber(ARGV[4 * i]) end
  keep(KEYS[i], slots[i])
  reply[i + 1] = slots[i] - now
end
return reply
"""
)

#: ARGV: the length of the pause, then the leeway of each budget. Afterwards requests are spaced.
PAUSE: Final = (
    _NOW
    + """
local length, budgets = math.ceil(ARGV[1] / 1000), #KEYS / 2
local ends = now + tonumber(ARGV[1])
for i = 1, budgets do
  if redis.call('PTTL', KEYS[budgets + i]) < length then
    redis.call('SET', KEYS[budgets + i], '', 'PX', length)
  end
  local slot = tonumber(redis.call('GET', KEYS[i]) or '0')
  keep(KEYS[i], math.max(slot, ends + tonumber(ARGV[i + 1])))
end
"""
)
