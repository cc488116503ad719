package io.antichain.cli.acls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.cli.command.AntichainCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands that {@code acls} prints give the rights that it prints as JSON, and no others. */
class AclCommandsTest {
    private static final Map<String, String> RESOURCES =
            Map.of("--topic", "TOPIC", "--group", "GROUP", "--transactional-id", "TRANSACTIONAL_ID");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void commandsGiveEachRightOnceAndNoOther() throws IOException {
        List<String> rights = new ArrayList<>();
        for (String line : printed("-o", "json").lines().toList()) {
            JsonNode right = JSON.readTree(line);
            rights.add(String.join(
                    " ",
                    right.get("principal").asText(),
                    right.get("operation").asText(),
                    right.get("resource").asText(),
                    right.get("name").asText(),
                    right.get("patternType").asText()));
        }
        List<String> commands = printed().lines().toList();

        assertThat(commands).hasSizeLessThan(rights.size());
        assertThat(commands.stream().flatMap(command -> given(command).stream()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(rights);
    }

    @Test
    void commandIsOnePrincipalsAndSaysWhatEachRightIsFor() {
        assertThat(printed().lines())
                .contains(
                        "kafka-acls.sh --bootstrap-server localhost:9092 --add --allow-principal User:one --operation Write"
                                + " --transactional-id antichain.node-1 --topic antichain.events --topic antichain.clocks"
                                + "    # publish as node-1, as nobody else then can; publish messages; keep its clock");
    }

    private static List<String> given(String command) {
        List<String> words =
                Arrays.asList(command.substring(0, command.indexOf("    # ")).split(" "));
        String pattern = words.contains("--resource-pattern-type") ? "PREFIXED" : "LITERAL";
        List<String> given = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            String resource = RESOURCES.get(words.get(at));
            if (resource != null) {
                String operation = after(words, "--operation").replaceAll("(?<=[a-z])(?=[A-Z])", "_");
                given.add(String.join(
                        " ",
                        after(words, "--allow-principal"),
                        operation.toUpperCase(Locale.ROOT),
                        resource,
                        words.get(at + 1),
                        pattern));
            }
        }
        return given;
    }

    private static String after(List<String> words, String flag) {
        return words.get(words.indexOf(flag) + 1);
    }

    private static String printed(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "acls",
                "--partitions",
                "2",
                "--node-principal",
                "node-1=User:one",
                "--analyzer-principal",
                "User:analyzer",
                "--reader-principal",
                "User:reader",
                "--webhook-group",
                "hook"));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        assertThat(AntichainCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(arguments.toArray(new String[0])))
                .isZero();
        return out.toString();
    }
}
