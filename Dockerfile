# Two images: api (Go alone) and worker (with Node, whose child renders the letters).
#   docker build --target api -t connex/api .        docker build --target worker -t connex/worker .

FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -buildvcs=false -trimpath -ldflags="-s -w" -o /out/ ./api ./worker ./starter

FROM node:20.19.5-bookworm-slim AS compilers
WORKDIR /connex
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:20.19.5-bookworm-slim AS worker
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=compilers /connex /connex
COPY --from=build /out/worker /connex/bin/
WORKDIR /connex
USER node
ENTRYPOINT ["/connex/bin/worker"]

FROM alpine:3.22.2 AS api
RUN adduser -D -H -u 10001 connex
COPY --from=build /out/api /out/starter /connex/bin/
USER connex
ENV LISTEN_ADDR=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD wget -q -O /dev/null http://127.0.0.1:8080/healthz
ENTRYPOINT ["/connex/bin/api"]
