package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.export.ControlCharacters;
import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.logfile.SkipReason;
import io.antichain.analyzer.logfile.SkippedLines;
import io.antichain.schemas.Anomaly;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the engine found in an execution from log files, and what speaks against believing it. */
final class AnalysisReport {
    private static final Set<Anomaly.Kind> MISSING = EnumSet.of(Anomaly.Kind.GAP, Anomaly.Kind.UNSEEN_CAUSE);

    private AnalysisReport() {}

    /** The counts in one line. */
    static String summary(ExecutionAnalysis analysis) {
        LoggedExecution execution = analysis.execution();
        return ControlCharacters.shown(execution.name()) + ": " + counted(analysis.events(), "event") + " of "
                + counted(execution.processes().size(), "process") + ", "
                + counted(analysis.concurrentPairs(), "concurrent pair") + " in "
                + counted(analysis.conflicts().size(), "conflict record")
                + (analysis.incomplete() == 0 ? "" : " (" + analysis.incomplete() + " of them incomplete)");
    }

    /** How the files were read, where the reader had to find out. */
    static List<String> notes(ExecutionAnalysis analysis) {
        return analysis.execution().notes().stream().map(note -> "  " + note).toList();
    }

    /**
     * What was skipped, what is missing or cannot be, and what to do about it; nothing where all is well.
     *
     * @param limit how many skipped lines, and how many anomalies, are named
     */
    static List<String> doubts(ExecutionAnalysis analysis, int limit) {
        List<String> lines = new ArrayList<>(skipped(analysis.execution().skipped(), limit));
        List<Anomaly> anomalies = analysis.anomalies();
        if (!anomalies.isEmpty()) {
            lines.add("  " + (anomalies.size() == 1 ? "1 anomaly: " : anomalies.size() + " anomalies: ")
                    + analysis.anomalyCounts().entrySet().stream()
                            .map(AnalysisReport::kind)
                            .collect(Collectors.joining(", ")));
            anomalies.stream().limit(limit).forEach(anomaly -> lines.add("    " + anomaly.sentence()));
            addRest(lines, anomalies.size(), limit);
        }
        if (analysis.execution().skipped().count() > 0
                || anomalies.stream().anyMatch(anomaly -> MISSING.contains(anomaly.kind()))) {
            boolean areRecords = analysis.execution().skipped().first().stream()
                    .anyMatch(line -> line.reason() == SkipReason.NO_STAMP || line.reason() == SkipReason.BAD_RECORD);
            lines.add(
                    areRecords
                            ? "  Skipped records are not counted above. docs/stamp-my-service.md says how records get stamps."
                            : "  Skipped lines and missing events are not counted above. If the file does hold them,"
                                    + " describe its form with --parser, --delimiter or --format.");
        }
        return lines;
    }

    /** The lines that were skipped; nothing if none were. */
    static List<String> skipped(SkippedLines skipped, int limit) {
        List<String> lines = new ArrayList<>();
        if (skipped.count() > 0) {
            lines.add("  " + counted(skipped.count(), "line") + " skipped:");
            skipped.first().stream()
                    .limit(limit)
                    .forEach(line -> lines.add("    " + line.file() + ":" + line.number() + " is "
                            + line.reason().sentence()));
            addRest(lines, skipped.count(), limit);
        }
        return lines;
    }

    private static void addRest(List<String> lines, long count, int limit) {
        if (count > limit) {
            lines.add("    … and " + (count - limit) + " more");
        }
    }

    private static String kind(Map.Entry<Anomaly.Kind, Integer> count) {
        return count.getKey() + " " + count.getValue();
    }

    private static String counted(long count, String noun) {
        String plural = noun.endsWith("s") ? noun + "es" : noun + "s";
        return count + " " + (count == 1 ? noun : plural);
    }

    static ObjectNode json(ExecutionAnalysis analysis) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("execution", analysis.execution().name())
                .put("events", analysis.events())
                .put("processes", analysis.execution().processes().size())
                .put("concurrentPairs", analysis.concurrentPairs())
                .put("conflictRecords", analysis.conflicts().size())
                .put("incomplete", analysis.incomplete());
        ObjectNode anomalies = json.putObject("anomalies");
        analysis.anomalyCounts().forEach((kind, count) -> anomalies.put(kind.name(), count));
        return json.put("skippedLines", analysis.execution().skipped().count());
    }
}
