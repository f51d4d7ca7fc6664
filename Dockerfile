# Pilcrow in a container: docs/operate.md. Build: docker build -t pilcrow .
ARG NODE=22.20-bookworm-slim

FROM node:${NODE} AS build
# hnswlib-node is compiled; the headers of Node are in the image, so nothing of them is downloaded.
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
ENV npm_config_nodedir=/usr/local
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN node scripts/build.mjs \
  && npm prune --omit=dev --no-audit --no-fund

FROM node:${NODE}
ENV NODE_ENV=production \
  PILCROW_HOST=0.0.0.0 \
  PILCROW_CORPUS=/corpus \
  PILCROW_INDEX=/var/lib/pilcrow/index \
  PILCROW_DATA=/var/lib/pilcrow/data
WORKDIR /app
COPY package.json LICENSE NOTICE CHANGELOG.md ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY models models
# A new volume takes its owner from here. Nothing else is ever written, so the root file system may be read-only.
RUN mkdir -p /corpus /var/lib/pilcrow \
  && chown 1000:1000 /var/lib/pilcrow \
  && printf '#!/bin/sh\nexec node /app/dist/cli/main.js "$@"\n' > /usr/local/bin/pilcrow \
  && chmod 755 /usr/local/bin/pilcrow
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
VOLUME ["/var/lib/pilcrow"]
EXPOSE 8787
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=4 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8787/healthz').then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["pilcrow"]
CMD ["start"]
