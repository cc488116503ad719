package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.reader.ConflictTexts;
import io.antichain.analyzer.reader.HeldConflict;
import io.antichain.analyzer.reader.KeyState;
import io.antichain.analyzer.reader.Pages;
import io.antichain.analyzer.reader.Pages.Place;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.http.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What can be asked about what was found: conflicts, keys, anomalies, dead letters. Newest first. */
final class FindingRoutes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 1_000;

    private final SharedView view;
    private final Searches searches;

    FindingRoutes(SharedView view, Searches searches) {
        this.view = view;
        this.searches = searches;
    }

    List<QueryRoute> routes() {
        return List.of(
                new QueryRoute(
                        "/conflicts",
                        Set.of("limit", "before", "process", "key", "status", "from", "to", "text"),
                        this::conflicts),
                new QueryRoute("/keys", Set.of("limit", "after"), this::keys),
                new QueryRoute("/keys/{key}", Set.of(), this::key),
                new QueryRoute("/anomalies", Set.of("limit"), this::anomalies),
                new QueryRoute("/dead-letters", Set.of("limit"), this::deadLetters));
    }

    private void conflicts(Question question) {
        int limit = question.limit(DEFAULT_LIMIT, MOST);
        ConflictFilter filter = ConflictFilter.of(question);
        Place place = question.seq("before").isPresent()
                ? new Place.Before(question.seq("before").getAsLong())
                : new Place.Newest();
        Pages<HeldConflict> page = newest(filter, place, limit);
        ObjectNode json = JSON.objectNode();
        json.set("conflicts", ViewJson.list(newestFirst(page.part(), limit), this::conflict));
        question.answer(json.put("older", page.older()));
    }

    private Pages<HeldConflict> newest(Predicate<HeldConflict> filter, Place place, int limit) {
        List<HeldConflict> matching = searches.run(
                () -> view.ask(View::conflicts).stream().filter(filter).toList());
        return Pages.ofConflicts(matching, place, limit);
    }

    private ObjectNode conflict(HeldConflict held) {
        return ViewJson.conflict(held, view.ask(asked -> ConflictTexts.of(held.conflict(), asked)));
    }

    private void keys(Question question) {
        int limit = question.limit(DEFAULT_LIMIT, MOST);
        String after = question.text("after").orElse("");
        ObjectNode json = JSON.objectNode();
        view.ask(asked -> {
            json.set("keys", ViewJson.list(asked.openKeys(after, limit), ViewJson::key));
            return json.put("total", asked.figures().openKeys());
        });
        question.answer(json);
    }

    private void key(Question question) {
        String key = question.context().pathParam("key");
        KeyState state = view.ask(asked -> asked.key(key))
                .orElseThrow(() -> Problem.notFound(
                        "Not in view",
                        "A key is known while one of its events is in view, or it is open: key="
                                + Question.shortened(key) + "; GET /keys lists the open ones"));
        Predicate<HeldConflict> ofKey = held -> held.conflict().key().equals(Optional.of(key));
        List<HeldConflict> conflicts =
                newest(ofKey, new Place.Newest(), DEFAULT_LIMIT).part();
        ObjectNode json = ViewJson.key(state)
                .put("open", state.open())
                .put("resolvedBy", state.resolvedBy().map(Object::toString).orElse(null));
        json.set("conflicts", ViewJson.list(newestFirst(conflicts, DEFAULT_LIMIT), this::conflict));
        question.answer(json);
    }

    private void anomalies(Question question) {
        notes(
                question,
                "anomalies",
                View::anomalies,
                ViewJson::anomaly,
                view.ask(View::figures).anomalies());
    }

    private void deadLetters(Question question) {
        notes(
                question,
                "deadLetters",
                View::deadLetters,
                ViewJson::deadLetter,
                view.ask(View::figures).deadLetters());
    }

    private <T> void notes(
            Question question,
            String name,
            Function<View, List<T>> held,
            Function<T, ObjectNode> written,
            Map<String, Long> counts) {
        int limit = question.limit(DEFAULT_LIMIT, MOST);
        ObjectNode json = JSON.objectNode();
        json.set(name, ViewJson.list(newestFirst(view.ask(held), limit), written));
        json.set("counts", ViewJson.counts(counts));
        question.answer(json);
    }

    private static <T> List<T> newestFirst(List<T> arrived, int limit) {
        List<T> newest = new ArrayList<>(arrived.subList(Math.max(0, arrived.size() - limit), arrived.size()));
        Collections.reverse(newest);
        return newest;
    }
}
