package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.antichain.cli.command.AntichainCommand;
import io.antichain.cli.doctor.FindingKind;
import io.antichain.cli.scenario.Scenario;
import io.antichain.cli.scenario.ScenarioParser;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What README.md and docs/ say, held against the program. */
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern COMMAND = Pattern.compile("(?:\\./|`|: )antichain ([a-z]+)([^`\\n#]*)");
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Pattern OTHERS_LINE = Pattern.compile("(?m)^(docker|curl) .*$|git log[^`\\n]*");
    private static final Pattern SHELL = Pattern.compile("(?s)```sh\\n(.*?)\\n```");
    private static final Pattern PROGRAM = Pattern.compile(
            "(\\./antichain|mvn|docker (?:compose|run)|curl|openssl|kcat|ops/certificates|benchmarks/run) (.+)|examples/orders/run|docker/cluster/make-secrets|interop/(install|check)");
    private static final Map<String, CommandLine> COMMANDS =
            AntichainCommand.commandLine().getSubcommands();

    @Test
    void everyRelativeLinkLeadsToAFileAndToAHeadingInIt() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            for (String target : found(LINK, Files.readString(document))) {
                if (!target.contains("://")) {
                    links++;
                    String[] parts = target.split("#");
                    Path file = document.resolveSibling(parts[0]);
                    if (!Files.exists(file)
                            || parts.length > 1 && !anchors(file).contains(parts[1])) {
                        dead.add(document + " -> " + target);
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isPositive();
    }

    @Test
    void noHeadingStandsTwiceInADocument() throws IOException {
        for (Path document : documents()) {
            if (!document.endsWith("CHANGELOG.md")) { // each release has the same ones
                assertThat(found(HEADING, Files.readString(document)))
                        .as("%s", document)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void everyDocumentIsInTheIndex() throws IOException {
        Path index = ROOT.resolve("docs/README.md");
        Set<Path> linked = found(LINK, Files.readString(index)).stream()
                .map(target -> index.resolveSibling(target).normalize())
                .collect(Collectors.toSet());
        assertThat(documents())
                .filteredOn(document -> document.startsWith(ROOT.resolve("docs")) && !document.equals(index))
                .allSatisfy(document -> assertThat(linked).contains(document.normalize()));
    }

    @Test
    void everyCommandThatATextNamesExistsAndTakesTheFlagsBesideIt() throws IOException {
        int commands = 0;
        for (Path text : texts()) {
            for (MatchResult match : COMMAND.matcher(Files.readString(text).replace("\\\n", " "))
                    .results()
                    .toList()) {
                commands++;
                assertThat(COMMANDS).as("%s", text).containsKey(match.group(1));
                assertThat(flags(match.group(1)))
                        .as("%s: %s", text, match.group())
                        .containsAll(found(FLAG, match.group(2)));
            }
        }
        assertThat(commands).isPositive();
    }

    @Test
    void everyFlagThatATextNamesExists() throws IOException {
        Set<String> all =
                COMMANDS.keySet().stream().flatMap(name -> flags(name).stream()).collect(Collectors.toSet());
        for (Path text : texts()) {
            Set<String> named = new TreeSet<>(
                    found(FLAG, OTHERS_LINE.matcher(Files.readString(text)).replaceAll("")));
            assertThat(all).as("%s", text).containsAll(named);
        }
    }

    @Test
    void everyLineOfAShellBlockStartsAProgramThatTheReaderHas() throws IOException {
        Map<String, Path> lines = shellLines();
        assertThat(lines).isNotEmpty();
        lines.forEach((line, document) -> assertThat(line).as("%s", document).matches(PROGRAM));
    }

    /** Parsed as the program parses it: command, flags, values and arguments. */
    @Test
    void everyAntichainLineOfAShellBlockIsUnderstood() throws IOException {
        Map<String, Path> lines = shellLines();
        lines.keySet().removeIf(line -> !line.startsWith("./antichain "));
        assertThat(lines).isNotEmpty();
        lines.forEach((line, document) -> {
            String[] arguments = line.substring("./antichain ".length()).split("\\s+");
            assertThatCode(() -> assertThat(AntichainCommand.commandLine()
                                    .parseArgs(arguments)
                                    .hasSubcommand())
                            .isTrue())
                    .as("%s: %s", document, line)
                    .doesNotThrowAnyException();
        });
    }

    @Test
    void theCommandTableNamesEveryCommandAndNoOther() throws IOException {
        assertThat(table(commandsPage(), "command").stream().map(row -> unquoted(row.get(0))))
                .containsExactlyInAnyOrderElementsOf(COMMANDS.keySet());
    }

    @Test
    void defaultsAreThoseOfTheProgram() throws IOException {
        List<List<String>> rows = table(commandsPage(), "flag");
        assertThat(rows).isNotEmpty();
        for (List<String> row : rows) {
            List<String> flags = quoted(row.get(0));
            List<String> defaults = quoted(row.get(2));
            assertThat(defaults).as("%s", row).hasSameSizeAs(flags);
            for (String command : commandsIn(row.get(1))) {
                for (int i = 0; i < flags.size(); i++) {
                    OptionSpec option =
                            COMMANDS.get(command).getCommandSpec().optionsMap().get(flags.get(i));
                    assertThat(option).as("%s %s", command, flags.get(i)).isNotNull();
                    assertThat(option.defaultValue().replace(System.getProperty("user.home"), "~"))
                            .as("%s %s", command, flags.get(i))
                            .isEqualToIgnoringCase(defaults.get(i));
                }
            }
        }
    }

    /** By command, in one of the two tables; --help and --version need no line. */
    @Test
    void everyFlagOfEveryCommandIsInATableAndNoOther() throws IOException {
        Map<String, Set<String>> named = new TreeMap<>();
        COMMANDS.keySet().forEach(command -> named.put(command, new TreeSet<>(Set.of("--help", "--version"))));
        List<List<String>> rows = new ArrayList<>(table(commandsPage(), "flag"));
        rows.addAll(table(commandsPage(), "switch"));
        for (List<String> row : rows) {
            commandsIn(row.get(1)).forEach(command -> named.get(command).addAll(quoted(row.get(0))));
        }
        named.forEach((command, flags) -> assertThat(flags)
                .as(command)
                .containsExactlyElementsOf(flags(command).stream()
                        .filter(flag -> flag.startsWith("--"))
                        .sorted()
                        .toList()));
    }

    @Test
    void theTableOfFindingsNamesEachKindAndWhetherItMatters() throws IOException {
        assertThat(table(commandsPage(), "kind").stream().map(row -> unquoted(row.get(0)) + " " + row.get(1)))
                .containsExactlyElementsOf(Stream.of(FindingKind.values())
                        .map(kind -> kind + " " + (kind.matters() ? "yes" : "no"))
                        .toList());
    }

    @Test
    void theScenarioTableNamesExactlyTheBuiltInScenarios() throws IOException {
        assertThat(table(scenariosPage(), "scenario").stream().map(row -> unquoted(row.get(0))))
                .containsExactlyElementsOf(Scenarios.BUILT_IN);
    }

    @Test
    void theReadmesOutputOpensWithTheScenariosOwnSentence() throws IOException {
        Scenario partition = Scenarios.named("partition");
        assertThat(readme())
                .contains("Scenario partition: " + partition.sentence())
                .contains("As expected: " + partition.expectation().written() + ".");
    }

    @Test
    void theOwnScenarioOfTheGuideIsOne() throws IOException {
        String text = Stream.of(scenariosPage().split("```"))
                .map(String::stripLeading)
                .filter(block -> block.contains("\nexpect "))
                .findFirst()
                .orElseThrow();
        assertThat(ScenarioParser.parse("own", text).steps()).isNotEmpty();
    }

    @Test
    void theLamportExampleIsWhatTheClocksCompute() throws IOException {
        Exchange exchange = new Exchange();
        List<List<String>> rows = table(lamportPage(), "step");
        assertThat(rows).isNotEmpty();
        for (List<String> row : rows) {
            assertThat(row).as("after: %s", row.get(0)).isEqualTo(exchange.take(row.get(0)));
        }
    }

    @Test
    void theLamportPagesRelationsAreThoseOfItsExample() throws IOException {
        Exchange exchange = new Exchange();
        table(lamportPage(), "step").forEach(row -> exchange.take(row.get(0)));
        List<List<String>> rows = table(lamportPage(), "first");
        assertThat(rows).isNotEmpty();
        for (List<String> row : rows) {
            assertThat(row).isEqualTo(exchange.compare(row.get(0), row.get(1)));
        }
    }

    /** Processes that take the steps of the page, under each rule at once. */
    private static final class Exchange {
        /** What a process knows, or a message carries. */
        private record Stamp(
                LamportTimestamp merge, LamportTimestamp tick, LamportTimestamp tickTwice, VectorClock clock) {
            static final Stamp NOTHING =
                    new Stamp(LamportTimestamp.ZERO, LamportTimestamp.ZERO, LamportTimestamp.ZERO, VectorClock.empty());

            Stamp publish(ProcessId process) {
                return new Stamp(merge.tick(), tick.tick(), tickTwice.tick(), clock.tick(process));
            }

            Stamp deliver(Stamp received) {
                return new Stamp(
                        merge.deliver(received.merge, ReceiveRule.MERGE),
                        tick.deliver(received.tick, ReceiveRule.TICK),
                        tickTwice.deliver(received.tickTwice, ReceiveRule.TICK).tick(),
                        clock.merge(received.clock));
            }
        }

        private final Map<ProcessId, Stamp> processes = new HashMap<>();
        private final Map<Dot, Stamp> published = new HashMap<>();

        /** Takes a step, "A publishes A:1" or "B delivers A:1", and returns its row. */
        List<String> take(String step) {
            String[] words = step.split(" ");
            ProcessId process = ProcessId.of(words[0]);
            Dot dot = Dot.parse(words[2]);
            Stamp before = processes.getOrDefault(process, Stamp.NOTHING);
            Stamp after;
            switch (words[1]) {
                case "publishes" -> {
                    after = before.publish(process);
                    assertThat(dot).isEqualTo(new Dot(process, after.clock().get(process)));
                    published.put(dot, after);
                }
                case "delivers" -> after = before.deliver(published.get(dot));
                default -> throw new AssertionError("A step publishes or delivers: " + step);
            }
            processes.put(process, after);
            return List.of(
                    step,
                    after.merge().toString(),
                    after.tick().toString(),
                    after.tickTwice().toString(),
                    after.clock().toString());
        }

        /** The row that compares two published messages. */
        List<String> compare(String first, String second) {
            Stamp a = published.get(Dot.parse(first));
            Stamp b = published.get(Dot.parse(second));
            return List.of(
                    first,
                    second,
                    a.merge() + ", " + b.merge(),
                    a.tick() + ", " + b.tick(),
                    CausalOrder.between(Dot.parse(first), a.clock(), Dot.parse(second), b.clock())
                            .name());
        }
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static String commandsPage() throws IOException {
        return Files.readString(ROOT.resolve("docs/commands.md"));
    }

    private static String scenariosPage() throws IOException {
        return Files.readString(ROOT.resolve("docs/scenarios.md"));
    }

    /** What users read: README and the guides, without measurements and decisions. */
    private static List<Path> texts() throws IOException {
        return documents().stream()
                .filter(document -> !document.toString().contains("decisions")
                        && !document.endsWith("measurements.md")
                        && !document.endsWith("CONTRIBUTING.md"))
                .toList();
    }

    /** What links to the headings of a document say behind the #. */
    private static Set<String> anchors(Path document) throws IOException {
        return found(HEADING, Files.readString(document)).stream()
                .map(title -> title.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The lines of all shell blocks without comments, each with a document that has it. */
    private static Map<String, Path> shellLines() throws IOException {
        Map<String, Path> lines = new TreeMap<>();
        for (Path document : documents()) {
            for (String block : found(SHELL, Files.readString(document))) {
                block.replace("\\\n", " ")
                        .lines()
                        .map(line -> line.replaceFirst("(^|\\s+)#.*", ""))
                        .filter(line -> !line.isBlank())
                        .forEach(line -> lines.put(line, document));
            }
        }
        return lines;
    }

    private static String lamportPage() throws IOException {
        return Files.readString(ROOT.resolve("docs/lamport-receive-rule.md"));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(
                                    ROOT.resolve("README.md"),
                                    ROOT.resolve("CONTRIBUTING.md"),
                                    ROOT.resolve("examples/orders/README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    /** The commands that a cell names; those that use Kafka, where it says so. */
    private static List<String> commandsIn(String cell) {
        return cell.equals("all that use Kafka but `demo`")
                ? COMMANDS.keySet().stream()
                        .filter(name -> flags(name).contains("--command-config"))
                        .toList()
                : quoted(cell);
    }

    private static Set<String> flags(String command) {
        return COMMANDS.get(command).getCommandSpec().optionsMap().keySet();
    }

    /** The rows of the table whose first column has this title, cell by cell, without its head. */
    private static List<List<String>> table(String markdown, String firstTitle) {
        List<String> lines = markdown.lines().toList();
        int head = 0;
        while (!lines.get(head).startsWith("| " + firstTitle + " |")) {
            head++;
        }
        return lines.stream()
                .skip(head + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<String> quoted(String cell) {
        return found(Pattern.compile("`([^`]+)`"), cell);
    }

    private static String unquoted(String cell) {
        return cell.replace("`", "");
    }

    /** All matches: their first group, where there is one. */
    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() > 0 ? match.group(1) : match.group())
                .toList();
    }
}
