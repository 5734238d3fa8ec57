FROM python:3.13-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
RUN DATA_DIR=/build python manage.py build_assets \
    && useradd --system --home-dir /data buurtagenda \
    && install --directory --owner buurtagenda /data \
    && install --directory --owner buurtagenda /app/static/build \
    && rm -rf /build

ENV DATA_DIR=/data BIND=0.0.0.0 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER buurtagenda
VOLUME /data
EXPOSE 8000
CMD ["python", "manage.py", "up"]
