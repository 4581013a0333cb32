"""The server: what stands between a socket and the application, and starts with
`python -m audit_api.server`."""
