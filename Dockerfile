FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app
COPY requirements.txt .
RUN pip install --require-hashes --requirement requirements.txt

COPY . .

# The app may write to one place only. Mount a volume there: it holds the uploads, every version and every decision.
RUN useradd --create-home --uid 1000 cs_dash && mkdir /workspace && chown cs_dash /workspace
USER cs_dash
VOLUME /workspace

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; a = u.urlopen('http://127.0.0.1:8501/healthz', timeout=4); raise SystemExit('html' in a.headers.get('Content-Type', ''))"]

CMD ["python", "-m", "cs_dash", "serve", "--host", "0.0.0.0", "--port", "8501", "--workspace", "/workspace"]
