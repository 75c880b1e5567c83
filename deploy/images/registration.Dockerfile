# The registration job's image:
#   docker build -f deploy/images/registration.Dockerfile -t borrower-journey/schemas-registration:0.1.0 .
ARG BASE=docker.io/library/eclipse-temurin:25-jre
FROM ${BASE}
WORKDIR /registration
COPY schemas/target/schemas-registration.jar ./
USER 65532:65532
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-jar", "schemas-registration.jar"]
