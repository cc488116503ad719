package io.antichain.analyzer.export;

import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.clocks.ProcessId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Hasse diagram in Graphviz's DOT: a graph for each execution, a cluster for each process, an edge from each event to
 * those that cover it. An event's label is its dot and the beginning of its text; its tooltip has all of it.
 */
final class GraphvizText implements ExecutionWriter {
    private static final int LABEL_LENGTH = 40;

    @Override
    public void write(List<LoggedExecution> executions, Appendable out) throws IOException {
        for (LoggedExecution execution : executions) {
            write(execution, out);
        }
    }

    private static void write(LoggedExecution execution, Appendable out) throws IOException {
        List<LoggedEvent> events = execution.distinctEvents();
        out.append("digraph ").append(quoted(execution.name())).append(" {\n");
        out.append("  rankdir=LR;\n  node [shape=box, style=rounded];\n");
        int cluster = 0;
        for (Map.Entry<ProcessId, List<LoggedEvent>> process : byProcess(events).entrySet()) {
            out.append("  subgraph cluster_" + cluster++ + " {\n    label=")
                    .append(quoted(process.getKey().toString()))
                    .append(";\n");
            for (LoggedEvent event : process.getValue()) {
                out.append("    ").append(node(event)).append(";\n");
            }
            out.append("  }\n");
        }
        for (Coverings.Edge edge : Coverings.of(events)) {
            out.append("  " + quoted(edge.lower().toString()) + " -> "
                    + quoted(edge.upper().toString()) + ";\n");
        }
        out.append("}\n");
    }

    private static Map<ProcessId, List<LoggedEvent>> byProcess(List<LoggedEvent> events) {
        Map<ProcessId, List<LoggedEvent>> byProcess = new TreeMap<>();
        events.forEach(event -> byProcess
                .computeIfAbsent(event.process(), process -> new ArrayList<>())
                .add(event));
        return byProcess;
    }

    private static String node(LoggedEvent event) {
        String dot = event.dot().toString();
        StringBuilder tooltip = new StringBuilder(event.text() + "\n" + event.clock());
        event.fields().forEach((name, value) -> tooltip.append("\n")
                .append(name)
                .append(": ")
                .append(value.isTextual() ? value.textValue() : value.toString()));
        return quoted(dot) + " [label=" + quoted(dot + "\n" + shortened(event.text())) + ", tooltip="
                + quoted(tooltip.toString()) + "]";
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LABEL_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LABEL_LENGTH)) + "…";
    }

    /** A string of DOT. In labels {@code \} begins an escape and {@code &} an entity; other control characters are dropped. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '&' -> quoted.append("&amp;");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append(' ');
                default -> quoted.append(Character.isISOControl(c) ? "" : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
