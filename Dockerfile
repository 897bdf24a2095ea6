FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app
COPY requirements.txt .
RUN pip install --require-hashes --requirement requirements.txt

COPY . .

# The app writes to /workspace only. Mount a volume there: it holds the uploads, every version and every decision.
# /backups is for the command `backup`; a volume that is mounted there belongs to the app's user as well.
RUN useradd --create-home --uid 1000 cs_dash && mkdir /workspace /backups && chown cs_dash /workspace /backups
USER cs_dash
ENV CS_DASH_WORKSPACE=/workspace
VOLUME /workspace

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; a = u.urlopen('http://127.0.0.1:8501/healthz', timeout=4); raise SystemExit('html' in a.headers.get('Content-Type', ''))"]

# It starts with sign-in (CS_DASH_SIGN_IN), or where CS_DASH_OPEN=true lets everybody in.
CMD ["python", "-m", "cs_dash", "serve", "--host", "0.0.0.0", "--port", "8501", "--no-open"]
