# The application, its worker and its commands: one image, three commands (see compose.yaml).
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /srv/audit

# Wheels only: the image carries no compiler.
COPY requirements.txt ./
RUN pip install --only-binary :all: --requirement requirements.txt

COPY wsgi.py ./
COPY audit_api ./audit_api
COPY checklists ./checklists
COPY migrations ./migrations
RUN python -m compileall -q audit_api wsgi.py

# What is written without PostgreSQL and S3 goes to /data; the code stays root's.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin audit \
    && install --directory --owner audit --group audit --mode 0750 /data
USER audit
ENV AUDIT_INSTANCE=/data \
    HOME=/data
VOLUME /data

# In the container all addresses are its own.
ENV AUDIT_HOST=0.0.0.0
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]

CMD ["python", "-m", "audit_api.server"]
