# Builds the command line from source, and packs it with a Java runtime: docker build -t antichain:local .

FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /src
# What decides the dependencies comes first, so that a change in the code does not fetch them again.
COPY .mvn .mvn
COPY pom.xml .
COPY clocks/pom.xml clocks/
COPY schemas/pom.xml schemas/
COPY schemas/src/main/avro schemas/src/main/avro
COPY http/pom.xml http/
COPY node-app/pom.xml node-app/
COPY analyzer/pom.xml analyzer/
COPY embedded/pom.xml embedded/
COPY stamping/pom.xml stamping/
COPY cli/pom.xml cli/
COPY benchmarks/pom.xml benchmarks/
COPY examples/orders/pom.xml examples/orders/
RUN mvn -B -q -pl cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true package
COPY clocks clocks
COPY schemas schemas
COPY http http
COPY node-app node-app
COPY analyzer analyzer
COPY embedded embedded
COPY cli cli
COPY LICENSE .
RUN mvn -B -q -pl cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=false package \
 && mkdir -p /ours/lib \
 && mv cli/target/lib/antichain-*.jar cli/target/antichain-cli-*.jar /ours/lib/ \
 && cp cli/target/sbom.json cli/target/THIRD-PARTY.txt LICENSE /ours/

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --create-home antichain \
 && install -d -o antichain -g antichain /var/lib/antichain
# The libraries change seldom and are large; our own jars are the last layer.
COPY docker/antichain docker/ready /usr/local/bin/
COPY --from=build /src/cli/target/lib /opt/antichain/lib
COPY --from=build /ours /opt/antichain
# A demo that nobody sees shows which classes there are: with these in an archive, programs start in two thirds of the time.
RUN java -XX:ArchiveClassesAtExit=/opt/antichain/classes.jsa -cp '/opt/antichain/lib/*' io.antichain.cli.Antichain demo \
    --scenario async --exit --broker-port 0 --registry-port 0 --first-node-port 0 --analyzer-port 0 >/dev/null \
 || rm -f /opt/antichain/classes.jsa
# In digits, as Kubernetes cannot tell of a name that it is not root's.
USER 10001
WORKDIR /var/lib/antichain
VOLUME /var/lib/antichain
EXPOSE 8080 8888
ENTRYPOINT ["antichain"]
CMD ["--help"]
