package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What can be asked about the analyzer itself and about processes. */
final class StatusRoutes {
    private final AnalyzerStatus status;
    private final SharedView view;

    StatusRoutes(AnalyzerStatus status, SharedView view) {
        this.status = status;
        this.view = view;
    }

    List<QueryRoute> routes() {
        return List.of(
                new QueryRoute("/summary", Set.of(), question -> question.answer(status.summary(view))),
                new QueryRoute("/processes", Set.of(), this::processes),
                new QueryRoute("/health/live", Set.of(), question -> question.answer(status("live"))),
                new QueryRoute("/health/ready", Set.of(), this::ready),
                new QueryRoute("/metrics", Set.of(), this::metrics),
                new QueryRoute("/openapi.yaml", Set.of(), StatusRoutes::openApi));
    }

    private void processes(Question question) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("processes", ViewJson.list(view.ask(View::processes), ViewJson::process));
        question.answer(json);
    }

    private void ready(Question question) {
        status.unreadyBecause().get().ifPresent(reason -> {
            throw Problem.passing(503, "Not ready", reason);
        });
        question.answer(status("ready"));
    }

    private static ObjectNode status(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }

    private void metrics(Question question) {
        question.context()
                .contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(status.metrics().get());
    }

    private static void openApi(Question question) {
        try (InputStream yaml = StatusRoutes.class.getResourceAsStream("openapi.yaml")) {
            question.context()
                    .contentType("application/yaml; charset=utf-8")
                    .result(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml lies beside this class", e);
        }
    }
}
