package io.antichain.analyzer.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.LoggedExecution;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * One JSON object a line, which reads back to the same events, fields included: process, counter, clock, text, then the
 * fields; before them, where there are several executions, the execution's name. A field that has one of those names is
 * written with {@code field.} before it.
 */
final class NdjsonText implements ExecutionWriter {
    private static final Set<String> OWN = Set.of("execution", "process", "host", "counter", "clock", "text");

    @Override
    public void write(List<LoggedExecution> executions, Appendable out) throws IOException {
        for (LoggedExecution execution : executions) {
            for (LoggedEvent event : execution.inCausalOrder()) {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                if (executions.size() > 1) {
                    json.put("execution", execution.name());
                }
                json.put("process", event.process().toString())
                        .put("counter", event.dot().counter())
                        .<ObjectNode>set("clock", ClockJson.of(event.clock()))
                        .put("text", event.text());
                event.fields().forEach((name, value) -> json.set(OWN.contains(name) ? "field." + name : name, value));
                out.append(json.toString()).append('\n');
            }
        }
    }
}
