package io.antichain.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.command.AntichainCommand;
import io.antichain.embedded.EmbeddedBroker;
import io.antichain.embedded.EmbeddedRegistry;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The way of the guide: the services as they were, the library added, and the lost update named. */
@Timeout(900)
class ShopTest {
    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private String out;
    private String err;

    @Test
    void theLostUpdateIsSeenOnceTheLibraryIsAdded() throws Exception {
        try (EmbeddedBroker startedBroker = EmbeddedBroker.start(folder.resolve("broker"), 0);
                EmbeddedRegistry startedRegistry = EmbeddedRegistry.start(folder.resolve("registry"), 0)) {
            broker = startedBroker;
            registry = startedRegistry;

            assertThat(sold("lamp", false)).contains("18 pieces sold, one after the other: lamp=2");
            assertThat(antichain("analyze", "--topics=orders,stock", "--scope=key"))
                    .isEqualTo(4);
            assertThat(err)
                    .contains("orders: 20 records, none carries a stamp; see docs/stamp-my-service.md")
                    .contains("stock: 20 records, none carries a stamp; see docs/stamp-my-service.md");
            assertThat(antichain("doctor", "--topics=orders,stock")).isEqualTo(1);

            assertThat(sold("chair", true))
                    .as("20 were there and 20 are sold, and both say that one is left")
                    .containsSubsequence("18 pieces sold, one after the other: chair=2", "chair=1", "chair=1");
            assertThat(antichain("doctor", "--topics=orders,stock")).as(out).isZero();
            assertThat(out)
                    .contains("process orders-1: 20 records in orders", "process stock-1: ", "process stock-2: ")
                    .contains("topic=orders, unstamped=20, records=40");
            theAnalyzerNamesTheTwoWritesAndNoOthers();
        }
    }

    private void theAnalyzerNamesTheTwoWritesAndNoOthers() throws Exception {
        Topics topics = new Topics("shop.");
        assertThat(antichain("init", "--topic-prefix=shop.")).isZero();
        try (Analyzer analyzer = Analyzer.start(AnalyzerSettings.defaults(
                        topics,
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url()),
                        folder.resolve("state"))
                .withPort(0)
                .withScope(Scope.KEY)
                .withSources(List.of(), List.of("stock")))) {
            assertThat(antichain("verify", "--topic-prefix=shop.", "--topics=stock", "--scope=key", "--timeout=300"))
                    .as(() -> out + err)
                    .isZero();
            assertThat(analyzer.failed()).isNotDone();
        }
        assertThat(antichain("conflicts", "--topic-prefix=shop.", "-o", "json")).isZero();
        List<JsonNode> records = new ArrayList<>();
        for (String line : out.lines().toList()) {
            records.add(new ObjectMapper().readTree(line));
        }
        assertThat(records).as(out).hasSize(1);
        JsonNode conflict = records.get(0);
        assertThat(conflict.get("key").asText()).isEqualTo("chair");
        assertThat(conflict.get("status").asText()).isEqualTo("CONCURRENT");
        assertThat(conflict.get("pairs").asLong()).isEqualTo(1);
        assertThat(List.of(
                        name(conflict.get("event").get("process")),
                        name(conflict.get("runs").get(0).get("process"))))
                .containsExactlyInAnyOrder("stock-1", "stock-2");
    }

    private static String name(JsonNode process) {
        return process.asText().replaceFirst("~.*", "");
    }

    private String sold(String item, boolean isStamped) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Shop.sell(broker.bootstrapServers(), item, isStamped, new PrintStream(said, true, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }

    private int antichain(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine commandLine = AntichainCommand.commandLine()
                .setOut(new PrintWriter(outText, true))
                .setErr(new PrintWriter(errText, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--bootstrap-server=" + broker.bootstrapServers());
        all.add("--schema-registry-url=" + registry.url());
        int exitCode = commandLine.execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return exitCode;
    }
}
