package io.antichain.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class EmbeddedBrokerTest {

    @TempDir
    Path folder;

    @Test
    void outsideClientReadsOnlyWhatWasCommitted() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            OutsideClient client = new OutsideClient(broker.bootstrapServers());
            client.createTopic("letters");
            client.produceInTransactions("letters", "aborted", "committed");
            client.produce("letters", "last");

            assertThat(client.consume("letters", 2)).containsExactly("committed", "last");
        }
    }

    @Test
    void restartOnAnotherPortKeepsTopicsAndRecords() throws Exception {
        String firstAddress;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            firstAddress = broker.bootstrapServers();
            OutsideClient client = new OutsideClient(firstAddress);
            client.createTopic("letters");
            client.produce("letters", "kept");
        }
        try (LoopbackSocket firstPort = LoopbackSocket.bind(portOf(firstAddress));
                EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            assertThat(broker.bootstrapServers()).isNotEqualTo("localhost:" + firstPort.port());
            assertThat(new OutsideClient(broker.bootstrapServers()).consume("letters", 1))
                    .containsExactly("kept");
        }
    }

    @Test
    void closedBrokerGivesItsPortBackAtOnce() {
        EmbeddedBroker first = EmbeddedBroker.start(folder, 0);
        first.close();
        first.close();

        try (EmbeddedBroker second = EmbeddedBroker.start(folder, portOf(first.bootstrapServers()))) {
            assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
        }
    }

    @Test
    void takenPortIsReportedBeforeAnythingIsWritten() throws Exception {
        Path untouched = folder.resolve("broker");
        try (LoopbackSocket taken = LoopbackSocket.bind(0)) {
            int port = taken.port();

            assertThatThrownBy(() -> EmbeddedBroker.start(untouched, port))
                    .isInstanceOfSatisfying(
                            PortTakenException.class, e -> assertThat(e.port()).isEqualTo(port))
                    .hasMessageContaining("port=" + port);
        }
        assertThat(untouched).doesNotExist();
    }

    @Test
    void folderOfARunningBrokerIsRefusedAndTheBrokerGoesOn() throws Exception {
        try (EmbeddedBroker running = EmbeddedBroker.start(folder, 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("one running broker", "folder=" + folder);

            OutsideClient client = new OutsideClient(running.bootstrapServers());
            client.createTopic("letters");
            client.produce("letters", "undisturbed");
            assertThat(client.consume("letters", 1)).containsExactly("undisturbed");
        }
    }

    @Test
    void folderWithOtherThingsInItIsRefusedAndLeftAlone() throws Exception {
        Files.createDirectory(folder.resolve("photos"));

        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("holds=photos");

        assertThat(folder).isDirectoryNotContaining(entry -> !entry.endsWith("photos"));
    }

    @Test
    void overridesWinOverTheBuiltInSettings() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0, Map.of("log.retention.ms", "1234567"));
                Admin admin = new OutsideClient(broker.bootstrapServers()).admin()) {
            ConfigResource node = new ConfigResource(ConfigResource.Type.BROKER, "1");

            var settings = admin.describeConfigs(List.of(node)).all().get().get(node);

            assertThat(settings.get("log.retention.ms").value()).isEqualTo("1234567");
            assertThat(settings.get("auto.create.topics.enable").value()).isEqualTo("false");
        }
    }

    @Test
    void overridesMayNotMoveTheListeners() {
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0, Map.of("listeners", "PLAINTEXT://:9092")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overrides=[listeners]");
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }
}
