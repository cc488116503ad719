package io.antichain.cli.command;

import io.antichain.cli.kafka.Cluster;
import io.antichain.schemas.Topics;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** The flags that name a Kafka cluster, its registry, and the topics. */
final class ClusterOptions {
    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "Kafka brokers, comma-separated (default: ${DEFAULT-VALUE})")
    private String bootstrapServer;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8081",
            description = "address of a schema registry with Confluent's REST API; of several, comma-separated, "
                    + "the first that answers is used (default: ${DEFAULT-VALUE})")
    private String schemaRegistryUrl;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = Topics.DEFAULT_PREFIX,
            description = "prefix of all topic names (default: ${DEFAULT-VALUE})")
    private String topicPrefix;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "properties file with settings for Kafka clients and the serializers")
    private Path commandConfig;

    @Option(
            names = "--command-property",
            paramLabel = "KEY=VALUE",
            description = "one such setting; overrides the file")
    private Map<String, String> commandProperties = new LinkedHashMap<>();

    Cluster cluster() {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", bootstrapServer);
        client.put("schema.registry.url", schemaRegistryUrl);
        if (commandConfig != null) {
            fromFile().forEach((key, value) -> client.put(key.toString(), value));
        }
        client.putAll(commandProperties);
        return new Cluster(client, new Topics(topicPrefix));
    }

    /** The cluster, as Kafka's own tools are told of it. */
    String asArgumentsOfKafkasTools() {
        return "--bootstrap-server " + AclsCommand.quoted(bootstrapServer)
                + (commandConfig == null ? "" : " --command-config " + AclsCommand.quoted(commandConfig.toString()));
    }

    private Properties fromFile() {
        Properties properties = new Properties();
        try (InputStream file = new BufferedInputStream(new FileInputStream(commandConfig.toFile()))) {
            // Some editors put a byte order mark before the first key.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.readAllBytes()))
                    .toString();
            properties.load(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The settings file cannot be read as a properties file: command-config=" + commandConfig
                            + ", failure=" + e.getClass().getSimpleName() + "; name another",
                    e);
        }
    }
}
