package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.node.request.NodeEnd;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a user sees when something is wrong: one sentence, and the exit code. */
class CommandLineTest {
    private static final String NOBODY = "localhost:1";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void noBrokerIsSaidInASentence() {
        assertThat(execute("conflicts", "--bootstrap-server", NOBODY)).isEqualTo(3);
        assertSentence("antichain: No Kafka broker answered: bootstrap-server=localhost:1, failure=TimeoutException;"
                + " start one, or name another with --bootstrap-server");
    }

    @Test
    void noNodeIsSaidInASentence() {
        assertThat(execute("scenario", "async", "--nodes", "http://" + NOBODY)).isEqualTo(3);
        assertSentence("antichain: A node did not answer: node=http://localhost:1, failure=ConnectException;"
                + " start it with 'antichain node', or name others with --nodes");
    }

    @Test
    void anUnknownScenarioIsAUsageError() {
        assertThat(execute("scenario", "chaos")).isEqualTo(2);
        assertSentence("antichain: No built-in scenario and no file has this name: scenario=chaos;"
                + " name sync, async, between-syncs, partition, or a file that exists");
    }

    @Test
    void aFileThatCannotBeReadIsBadInput() {
        assertThat(execute("analyze", "absent.log")).isEqualTo(4);
        assertSentence("antichain: The log file cannot be read: file=absent.log,"
                + " failure=NoSuchFileException; check its name and permissions");
    }

    @Test
    void aFileWithoutEventsIsBadInput() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.log"), "nothing here\n");
        assertThat(execute("analyze", file.toString())).isEqualTo(4);
        assertThat(err.toString()).contains("The log file holds no event").contains("--parser");
    }

    @Test
    void aParserWithoutTheNeededGroupsIsAUsageError() {
        assertThat(execute("analyze", "--parser", "(?<host>.*)", "any.log")).isEqualTo(2);
        assertThat(err.toString())
                .contains("A parser expression lacks a named group: missing=event,clock, parser=(?<host>.*);");
    }

    @Test
    void aTakenPortIsSaidWithTheFlagThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(execute("demo", "--broker-port", "" + taken.getLocalPort()))
                    .isEqualTo(3);
            assertSentence("antichain: The port is in use: port=" + taken.getLocalPort()
                    + "; stop the program that listens there, or choose another with --broker-port");
        }
    }

    @Test
    void aPortWithoutAProcessNameNeedsOne() {
        assertThat(execute("node", "--port", "7000", "--bootstrap-server", NOBODY))
                .isEqualTo(2);
        assertSentence("antichain: No process name belongs to the port: port=7000;"
                + " name the process with --process, or choose a port from 8888 to 8891");
    }

    @Test
    void aNodeWhoseBrokerCannotEverAnswerEndsWithASentence() {
        assertThat(execute(
                        "node",
                        "--process",
                        "node-1",
                        "--port",
                        "0",
                        "--bootstrap-server",
                        "no.such.host.invalid:9092"))
                .isEqualTo(3);
        assertThat(err.toString())
                .contains("antichain: A node cannot start with these settings: process=node-1")
                .contains("No resolvable bootstrap urls");
    }

    @Test
    void eachWayANodeEndsHasItsExitCode() {
        assertThat(NodeCommand.exitCode(NodeEnd.Kind.FENCED)).isEqualTo(3);
        assertThat(NodeCommand.exitCode(NodeEnd.Kind.UNREADABLE)).isEqualTo(4);
        assertThat(NodeCommand.exitCode(NodeEnd.Kind.FAULT)).isEqualTo(70);
    }

    @Test
    void anEventThatIsNoneIsAUsageError() {
        assertThat(execute("explain", "node-1", "node-2:1")).isEqualTo(2);
        assertSentence("antichain: An event is written PROCESS:COUNTER: event=node-1; write it as in node-1:5");
    }

    @Test
    void anUnknownFlagIsAUsageError() {
        assertThat(execute("verify", "--bootstrap-servers", NOBODY)).isEqualTo(2);
        assertThat(err.toString()).startsWith("Unknown options: '--bootstrap-servers'");
    }

    @Test
    void everyCommandHasHelp() {
        CommandLine commandLine = AntichainCommand.commandLine();
        assertThat(commandLine.getSubcommands().keySet())
                .contains("demo", "init", "node", "analyzer", "scenario", "conflicts", "explain", "verify", "analyze");
        commandLine.getSubcommands().keySet().forEach(name -> assertThat(execute(name, "--help"))
                .as(name)
                .isZero());
    }

    private int execute(String... arguments) {
        CommandLine commandLine = AntichainCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private void assertSentence(String sentence) {
        assertThat(err.toString().strip()).isEqualTo(sentence);
    }
}
