package io.antichain.cli.command;

import io.antichain.analyzer.decode.PairConditions;
import java.util.List;
import picocli.CommandLine.Option;

/** The flag that says which pairs of concurrent events count. */
final class PairConditionOptions {
    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "report only pairs that meet this condition, which may be given several times: "
                    + "SUBJECT=VALUE or SUBJECT!=VALUE, of both events, where SUBJECT is process, topic, key or header.NAME; "
                    + "the VALUE other means that of the other event, as in header.service!=other")
    private List<String> where = List.of();

    PairConditions conditions() {
        try {
            return PairConditions.parse(where);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }
}
