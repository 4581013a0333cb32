"""Delivers jobs: a thread of the server's own by default, Celery over many machines.

Either way the jobs table is the truth; a delivery only says "look now".  What a dead worker
held is taken up by the first look after its lease has run out.

Short work (a photo's copies, folding totals) is done by the thread itself.  Long work (an export)
is done by a process beside the server, which the thread starts when there is any: it would take the
interpreter from requests.
"""

from audit_api.worker.worker import Worker, init_app

__all__ = ["Worker", "init_app"]
