"""Photos in an S3 bucket.  boto3 is imported nowhere else."""

from audit_api.storage.s3.bucket import S3Store
from audit_api.storage.s3.connection import S3Settings

__all__ = ["S3Settings", "S3Store"]
