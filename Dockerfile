# Tasteline on a GPU host: docker build -t tasteline . && docker run --gpus all -p 7860:7860 tasteline
# torch's own wheels bring CUDA's libraries; the host needs a driver and NVIDIA's container toolkit.
FROM python:3.12-slim

RUN useradd --create-home --uid 1000 tasteline \
    && install -d -o tasteline /cache
WORKDIR /srv/tasteline

# Dependencies first: they change less often than the code. The project is run from its folder.
# What is pinned is pinned in pyproject.toml.
COPY pyproject.toml README.md LICENSE ./
# hadolint ignore=DL3013
RUN pip install --no-cache-dir '.[mcp,postgres,remote]'
COPY . .

USER 1000
ENV TASTELINE_HOST=0.0.0.0 \
    TASTELINE_HOME=/cache \
    HF_HOME=/cache/huggingface \
    PYTHONUNBUFFERED=1
VOLUME /cache
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/about')"]
CMD ["python", "app.py"]
