package io.antichain.node.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each file of {@code scenarios} against a new {@link NodeProtocol} and compares the whole trace with the recorded one. A
 * line with {@code >} is what the node is told, with its details behind {@code >} on the lines below; the indented lines after
 * it are what the node answered. {@code -Drewrite=true} records them anew: read the difference before committing it.
 */
class ProtocolScenarioTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/antichain/node/protocol/scenarios");

    @ParameterizedTest
    @MethodSource("scenarios")
    void aNodeAnswersAsRecorded(Path scenario) throws IOException {
        List<String> recorded = Files.readAllLines(scenario);
        List<String> trace = trace(recorded);

        if (Boolean.getBoolean("rewrite")) {
            Files.write(scenario, trace);
        } else {
            assertThat(trace).containsExactlyElementsOf(recorded);
        }
    }

    static Stream<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    private static List<String> trace(List<String> lines) {
        ScenarioNode node = new ScenarioNode();
        List<String> trace = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (String line : lines) {
            boolean detail = line.startsWith(">  ");
            if (!detail) {
                answer(node, told, trace);
            }
            if (line.startsWith(">")) {
                told.add(line.substring(1).strip());
            }
            if (!line.startsWith(" ")) {
                trace.add(line);
            }
        }
        answer(node, told, trace);
        return trace;
    }

    private static void answer(ScenarioNode node, List<String> told, List<String> trace) {
        if (!told.isEmpty()) {
            node.tell(told).forEach(effect -> trace.add("  " + effect));
            told.clear();
        }
    }
}
