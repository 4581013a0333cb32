"""The entry points of other WSGI servers (`wsgi:app`; ours is `python -m audit_api.server`), of
Celery's workers (`wsgi:celery`) and of `flask`."""

import gc
import os

# What is loaded stays: to look through it for garbage again and again takes a sixth of a start.
gc.disable()
try:
    from audit_api.app import check, create_app
    from audit_api.config import InvalidSetting

    is_operator = os.environ.get("FLASK_RUN_FROM_CLI") == "true"
    app = create_app(commands=is_operator)
    # The operator's commands serve nobody, and mend what keeps others from serving.
    if not is_operator:
        check(app)
except InvalidSetting as invalid:
    # A sentence for whoever starts it, and not the way that led to it.
    raise SystemExit(f"Cannot start: {invalid}") from None
finally:
    gc.freeze()
    gc.enable()
celery = app.extensions.get("celery")
