"""Text for people; does not know where its arguments come from."""


def line(call):
    return f"{call.id}: {call.summary or '-'}"  # hit: summary


def total(calls):
    return sum(1 for call in calls if call.summary)  # hit: summary


def footer(report):
    return report.summary
