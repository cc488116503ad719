package io.antichain.analyzer.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.analyzer.page.OneFile;
import io.antichain.schemas.Anomaly;
import java.io.IOException;
import java.util.List;

/** The page with the executions in it: one file that needs no server and no network. */
final class HtmlPage implements ExecutionWriter {
    @Override
    public void write(List<LoggedExecution> executions, Appendable out) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("executions");
        executions.forEach(execution -> all.add(json(execution)));
        out.append(OneFile.with(json.toString()));
    }

    private static ObjectNode json(LoggedExecution execution) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", execution.name())
                .put("skippedLines", execution.skipped().count());
        ArrayNode events = json.putArray("events");
        execution.inCausalOrder().forEach(event -> events.add(json(event)));
        ArrayNode anomalies = json.putArray("anomalies");
        for (Anomaly anomaly : ExecutionAnalysis.of(execution).anomalies()) {
            anomalies.addObject().put("kind", anomaly.kind().name()).put("sentence", anomaly.sentence());
        }
        return json;
    }

    private static ObjectNode json(LoggedEvent event) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("process", event.process().toString())
                .put("counter", event.dot().counter())
                .<ObjectNode>set("clock", ClockJson.of(event.clock()))
                .put("text", event.text())
                .put("file", event.file())
                .put("line", event.line());
        if (!event.fields().isEmpty()) {
            ObjectNode fields = json.putObject("fields");
            event.fields().forEach(fields::set);
        }
        return json;
    }
}
