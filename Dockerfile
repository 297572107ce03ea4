# A static binary in an otherwise empty image. The sample collection is inside:
#   docker run -p 8080:8080 youju serve --sample
# With files of one's own:
#   docker run -v youju:/data -v /path/to/reports:/reports:ro youju index /reports
#   docker run -v youju:/data -p 8080:8080 youju
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o /youju ./cmd/youju && mkdir -p /folders/data /folders/tmp

FROM scratch
COPY --from=build /youju /youju
# The index, and the temporary folder in which the sample's is built.
COPY --from=build --chown=65532:65532 /folders /
USER 65532:65532
ENV YJ_DATA=/data YJ_ADDR=:8080
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/youju"]
CMD ["serve"]
