package io.antichain.cli.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the nodes wrote beside Kafka: a list of lines for each program, a cut-off last line left out. */
final class Journals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Journals() {}

    static List<List<JsonNode>> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<List<JsonNode>> lives = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".journal"))
                    .sorted()
                    .toList()) {
                lives.add(lines(file));
            }
            return lives;
        }
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        List<String> written = Files.readAllLines(file);
        for (int i = 0; i < written.size(); i++) {
            try {
                lines.add(JSON.readTree(written.get(i)));
            } catch (JsonProcessingException e) {
                if (i < written.size() - 1) {
                    throw e;
                }
            }
        }
        return lines;
    }
}
