# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves from a history that every answer was the truth of one moment, and every failure excused.

  1. An answer equals what the query finds, by brute force, in the index as it was after some number
     of steps: all that were over when the call was sent, and none that had not begun when it was
     answered.
  2. A call fails only in a window that allows it.
  3. No client is taken back to an older generation, unless somebody rolled back.
"""

import collections

from lib.model.history import Steps, builds_after


def violations(history):
    """What is wrong, one line each; empty when nothing is."""
    found = list(history.faults)
    answered = [call for call in history.calls if call.error is None]
    found += _untrue_answers(Steps(history.steps), answered)
    found += [
        _line(call, f"failed with {call.error} in no window that allows it")
        for call in history.calls
        if call.error is not None and not _excused(call, history.windows)
    ]
    found += _steps_back(history.steps, answered)
    return found


def _line(call, what):
    return f"{call.client} at {call.server}, {call.query}, {call.sent:.3f} to {call.got:.3f}: {what}"


def _untrue_answers(steps, calls):
    builds = builds_after(steps.steps)
    by_least = collections.defaultdict(list)
    for call in calls:
        least, most = steps.range(call)
        by_least[least].append((call, most))
    content = {}
    for taken in range(len(steps.steps) + 1):
        if taken > 0:
            _apply(steps.steps[taken - 1], content)
        for call, most in by_least[taken]:
            problem = _compare(call, steps.steps, builds, taken, most, content)
            if problem:
                yield _line(call, problem)


def _apply(step, content):
    for an_id, stamp in step.changes.items():
        if stamp is None:
            content.pop(an_id, None)
        else:
            content[an_id] = stamp


def _compare(call, steps, builds, least, most, content_at_least):
    """Why the answer is that of no moment between the two; None when it is that of one."""
    content = dict(content_at_least)
    nearest = None
    for taken in range(least, most + 1):
        if taken > least:
            _apply(steps[taken - 1], content)
        if taken == 0:
            continue
        expected = call.query.answer(content)
        same_index = call.build_id is None or call.build_id in builds[taken - 1]
        if expected == call.found and same_index:
            return None
        difference = sorted(expected.items() ^ call.found.items())
        if nearest is None or (len(difference), not same_index) < nearest[0]:
            nearest = (len(difference), not same_index), difference, taken, same_index
    if nearest is None:
        return "answered before anything was published"
    _, difference, taken, same_index = nearest
    wrong_index = "" if same_index else ", and it names another build"
    return (
        f"no truth after {least} to {most} steps; nearest to that after {taken} "
        f"({steps[taken - 1].what}), but for {difference[:8]}{wrong_index}"
    )


def _excused(call, windows):
    # A connection to a server that was killed may be found broken only when the next server is up.
    worked = call.sent if call.worked is None else call.worked
    return any(
        window.server == call.server
        and call.error.startswith(window.error)
        and worked <= window.end
        and window.start <= (call.sent if window.only_late else call.got)
        for window in windows
    )


def _steps_back(steps, calls):
    numbers = {step.build_id: step.number for step in steps}
    rollbacks = [step for step in steps if step.is_rollback]
    before = {}
    for call in calls:
        if call.build_id is None:
            continue
        reader = call.client, call.server
        last = before.get(reader)
        before[reader] = call
        if last is None or numbers.get(call.build_id, 0) >= numbers.get(last.build_id, 0):
            continue
        # Calls of one client follow one another.
        if not any(s.earliest <= call.got and last.sent <= s.latest for s in rollbacks):
            yield _line(
                call,
                f"generation {numbers.get(call.build_id)} after {numbers.get(last.build_id)}, "
                "and nobody rolled back",
            )
