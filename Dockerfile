# Tasteline on a GPU host: docker build -t tasteline . && docker run --gpus all -p 7860:7860 tasteline
# torch's own wheels bring CUDA 13; the host needs a driver (580 or newer) and NVIDIA's container toolkit.
FROM python:3.12-slim

RUN useradd --create-home --uid 1000 tasteline \
    && install -d -o tasteline /cache
WORKDIR /srv/tasteline

# Dependencies first: they change less often than the code. The project is run from its folder.
# What is pinned is pinned in pyproject.toml; the README, which it names, changes with every table.
COPY pyproject.toml LICENSE ./
# hadolint ignore=DL3013
RUN touch README.md && pip install --no-cache-dir '.[mcp,postgres,remote]'
COPY . .

USER 1000
ENV TASTELINE_HOST=0.0.0.0 \
    TASTELINE_HOME=/cache \
    HF_HOME=/cache/huggingface \
    PYTHONUNBUFFERED=1
VOLUME /cache
EXPOSE 7860
# Python heeds no SIGTERM as the first process of a container; Gradio ends at an interrupt.
STOPSIGNAL SIGINT
# A page that lends its models loads them before it listens.
HEALTHCHECK --interval=30s --timeout=10s --start-period=10m \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ.get('TASTELINE_PORT', 7860)}/about\")"]
CMD ["python", "app.py"]
