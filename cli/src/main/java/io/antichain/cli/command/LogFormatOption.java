package io.antichain.cli.command;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The flag that chooses the form of the log on stderr: lines for people, or a JSON object a line. */
final class LogFormatOption {
    private static final String FLAG = "--log-format";

    /** The forms of the log; log4j2.xml has an appender for each. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = FLAG,
            paramLabel = "text|json",
            defaultValue = "TEXT",
            description = "format of the log on stderr (default: text)")
    private Format format;

    /** Sets the form before the first logger is made, which is before flags are parsed; a wrong one is told of then. */
    static void apply(List<String> arguments) {
        String asked = System.getenv().getOrDefault("ANTICHAIN_LOG_FORMAT", "text");
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals(FLAG) && i + 1 < arguments.size()) {
                asked = arguments.get(i + 1);
            } else if (arguments.get(i).startsWith(FLAG + "=")) {
                asked = arguments.get(i).substring(FLAG.length() + 1);
            }
        }
        System.setProperty(
                "antichain.log.format", asked.toLowerCase(Locale.ROOT).equals("json") ? "json" : "text");
    }
}
