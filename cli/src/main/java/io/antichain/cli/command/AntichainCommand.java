package io.antichain.cli.command;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code antichain}, with all others beneath it. */
@Command(
        name = "antichain",
        description = "Tells which events on Kafka could not have known of each other.",
        mixinStandardHelpOptions = true,
        version = "antichain 0.1.0",
        footer = {
            "",
            "Each flag can be given as an environment variable: --bootstrap-server as ANTICHAIN_BOOTSTRAP_SERVER.",
            "",
            "Exit codes:",
            "  0         done",
            "  1         a check found a difference; with --fail-on-conflict, a conflict",
            "  2         wrong usage",
            "  3         cannot connect, or fenced by another program of the same name",
            "  4         bad input, or input that cannot be read",
            "  70        a fault of Antichain itself",
            "  130, 143  stopped by Ctrl-C, by SIGTERM",
            "  141       nobody reads the output any more"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            AclsCommand.class,
            NodeCommand.class,
            AnalyzerCommand.class,
            ScenarioCommand.class,
            StatusCommand.class,
            EventCommand.class,
            ConflictsCommand.class,
            ExplainCommand.class,
            VerifyCommand.class,
            AnalyzeCommand.class,
            ReplayCommand.class,
            DoctorCommand.class
        })
public final class AntichainCommand {
    private AntichainCommand() {}

    /**
     * Runs one command.
     *
     * @return the exit code
     */
    public static int run(String... arguments) {
        // Programs that run for long say what they do; read by log4j2.xml, so before the first logger is made.
        if (arguments.length > 0 && List.of("node", "analyzer").contains(arguments[0])) {
            System.getProperties().putIfAbsent("antichain.log", "INFO");
            LogFormatOption.apply(List.of(arguments));
        }
        // The parts of a demo start at once, and what they warn of meanwhile is the others' absence: that passes.
        if (arguments.length > 0 && arguments[0].equals("demo")) {
            System.getProperties().putIfAbsent("antichain.log", "ERROR");
        }
        PrintWriter out = ProgramOutput.out();
        int exitCode = execute(commandLine().setOut(out).setErr(ProgramOutput.err()), arguments);
        out.flush();
        Shutdown.ended(exitCode);
        return exitCode;
    }

    /** Without a word of ours the JVM would end with 1, which says that a check found a difference. */
    private static int execute(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError e) {
            commandLine
                    .getErr()
                    .println("antichain: The heap is too small for this: heap="
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB; raise -Xmx in ANTICHAIN_JAVA_OPTS, or the memory of the container, half of which is"
                            + " the heap");
        } catch (Error e) {
            e.printStackTrace(commandLine.getErr());
        }
        return ExitCode.FAULT;
    }

    /** The command line, ready to be executed. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new AntichainCommand());
        commandLine.getSubcommands().values().forEach(command -> command.getCommandSpec()
                .version(commandLine.getCommandSpec().version()));
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setDefaultValueProvider(new EnvironmentDefaults(System.getenv()));
        commandLine.setParameterExceptionHandler(new KnownFailures(commandLine.getParameterExceptionHandler()));
        commandLine.setExecutionExceptionHandler(new KnownFailures(null));
        return commandLine;
    }
}
