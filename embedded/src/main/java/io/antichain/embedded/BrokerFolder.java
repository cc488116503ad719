package io.antichain.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/** The folder of a broker: Kafka writes its cluster id there once, before the first start, and never again. */
final class BrokerFolder {

    private BrokerFolder() {}

    /** Formats a folder that is new or empty; one that a broker has used is left as it is. */
    static void formatOnFirstUse(Path folder) throws Exception {
        if (Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        Files.createDirectories(folder);
        refuseStrangersFolder(folder);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setDirectories(List.of(folder.toString()))
                    .setMetadataLogDirectory(folder.toString())
                    .run();
        }
    }

    /** Kafka takes every folder inside its own for a partition, so a folder with others in it cannot become a broker's. */
    private static void refuseStrangersFolder(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> strangers = entries.filter(Files::isDirectory).sorted().toList();
            if (!strangers.isEmpty()) {
                throw new StartFailedException("A broker's folder must be its own: folder=" + folder + " holds="
                        + strangers.get(0).getFileName() + ". Give a new or an empty folder.");
            }
        }
    }
}
