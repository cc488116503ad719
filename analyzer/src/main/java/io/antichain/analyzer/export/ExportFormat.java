package io.antichain.analyzer.export;

/** The formats that an execution can be written in. */
public enum ExportFormat {
    /** Text that ShiViz's default expression reads. */
    SHIVIZ(new ShivizText()),
    /** One JSON object a line. */
    NDJSON(new NdjsonText()),
    /** The Hasse diagram for Graphviz. */
    DOT(new GraphvizText()),
    /** The page with the executions in it, in one file. */
    HTML(new HtmlPage());

    private final ExecutionWriter writer;

    ExportFormat(ExecutionWriter writer) {
        this.writer = writer;
    }

    public ExecutionWriter writer() {
        return writer;
    }
}
