"""The responses shown on the vendor's page, as data."""

from __future__ import annotations

from typing import Any

AGENT = {
    "id": "agent-123",
    "name": "Customer Support Bot",
    "project_id": "proj-456",
    "status": "active",
    "created_at": "2024-01-15T10:30:00Z",
}
AGENT_IN_LIST = {**AGENT, "total_calls": 1250, "success_rate": 94.2}
AGENT_METRICS = {
    "total_calls": 1250,
    "success_rate": 94.2,
    "avg_duration": 180,
    "total_cost": 187.50,
}
CALL = {
    "id": "call-789",
    "agent_id": "agent-123",
    "session_id": "session-456",
    "status": "completed",
    "duration": 180,
    "cost": 0.15,
    "created_at": "2024-01-15T14:30:00Z",
    "metadata": {"phone_number": "+1234567890", "customer_name": "John Doe"},
}
CALL_DETAIL = {
    **CALL,
    "transcript": [
        {"speaker": "user", "text": "I need help", "timestamp": "2024-01-15T14:30:05Z"},
        {"speaker": "agent", "text": "With pleasure", "timestamp": "2024-01-15T14:30:08Z"},
    ],
    "metrics": {
        "stt_accuracy": 95.2,
        "tts_quality": 4.8,
        "response_time_avg": 1.2,
        "user_satisfaction": 4.5,
    },
}
ANALYTICS = {
    "agent_id": "agent-123",
    "period": "30d",
    "metrics": {**AGENT_METRICS, "cost_per_call": 0.15},
    "trends": {
        "calls_per_day": [45, 52],
        "cost_per_day": [6.75, 7.80],
        "success_rate_per_day": [92.1, 95.3],
    },
    "provider_breakdown": {
        "openai": {"calls": 625, "cost": 93.75},
        "deepgram": {"calls": 1250, "cost": 62.50},
    },
}
COSTS = {
    "period": "30d",
    "total_cost": 187.50,
    "cost_breakdown": {
        "llm": {"total": 93.75, "percentage": 50.0, "providers": {"openai": 93.75}},
        "stt": {"total": 62.50, "percentage": 33.3, "providers": {"deepgram": 62.50}},
    },
    "daily_costs": [{"date": "2024-01-01", "cost": 6.25}],
}
WEBHOOK = {
    "id": "webhook-123",
    "url": "https://your-app.com/webhooks/obsera",
    "events": ["call.completed", "cost.alert"],
    "status": "active",
    "created_at": "2024-01-15T10:30:00Z",
}
DOWNLOAD_URL = "https://api.obsera.ai/v1/exports/export-456/download"
EXPORT_CREATED = {
    "export_id": "export-456",
    "status": "processing",
    "download_url": DOWNLOAD_URL,
    "estimated_completion": "2024-01-15T15:00:00Z",
}
EXPORT = {
    "id": "export-456",
    "status": "completed",
    "download_url": DOWNLOAD_URL,
    "file_size": "2.5MB",
    "record_count": 1250,
}


def success(data: Any, **more: Any) -> dict[str, Any]:
    return {"success": True, "data": data, **more}
