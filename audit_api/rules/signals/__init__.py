"""Quality and fraud hints on an audit.  Some hold it for a reviewer; none refuses an audit.

`kinds` has the table of what holds and what does not.  `visit` tells what a submission says of
itself, `assignment` what stands beside its plan, `clock` what a phone's clock is worth.
"""
