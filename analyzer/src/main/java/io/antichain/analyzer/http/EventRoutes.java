package io.antichain.analyzer.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.analyzer.explanation.Relation;
import io.antichain.analyzer.reader.Absence;
import io.antichain.analyzer.reader.CausalRegion;
import io.antichain.analyzer.reader.HasseNode;
import io.antichain.analyzer.reader.HeldEvent;
import io.antichain.analyzer.reader.Pages;
import io.antichain.analyzer.reader.Pages.Place;
import io.antichain.analyzer.reader.ProcessRun;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.StampedEvent;
import io.antichain.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be asked about events: which there are, how one stands to all others, how two stand to each other. */
final class EventRoutes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEFAULT_EVENTS = 200;
    private static final int MOST = 1_000;
    /** So many are looked at before the thread that tells the view may go on. */
    private static final int AT_ONCE = 50;

    private final SharedView view;
    private final Searches searches;

    EventRoutes(SharedView view, Searches searches) {
        this.view = view;
        this.searches = searches;
    }

    List<QueryRoute> routes() {
        Set<String> paging = Set.of("limit", "after");
        return List.of(
                new QueryRoute(
                        "/events",
                        Set.of(
                                "limit", "before", "after", "around", "process", "key", "topic", "text", "field",
                                "case"),
                        this::events),
                new QueryRoute(
                        "/overview",
                        Set.of("limit", "process", "key", "topic", "text", "field", "case"),
                        this::overview),
                new QueryRoute("/events/{dot}", Set.of(), this::event),
                new QueryRoute("/events/{dot}/past", paging, question -> region(question, CausalRegion.PAST)),
                new QueryRoute("/events/{dot}/future", paging, question -> region(question, CausalRegion.FUTURE)),
                new QueryRoute(
                        "/events/{dot}/concurrent", paging, question -> region(question, CausalRegion.CONCURRENT)),
                new QueryRoute("/relation", Set.of("a", "b"), this::relation));
    }

    private void events(Question question) {
        int limit = question.limit(DEFAULT_EVENTS, MOST);
        EventFilter filter = EventFilter.of(question);
        Place place = place(question);
        List<HeldEvent> arrived = view.ask(View::events);
        List<HeldEvent> matching = filter.isOpen()
                ? arrived
                : searches.run(() -> arrived.stream().filter(filter).toList());
        Pages<HeldEvent> page = Pages.ofEvents(matching, place, limit);
        ObjectNode json = JSON.objectNode();
        json.set("events", ViewJson.list(nodes(page.part()), ViewJson::event));
        question.answer(
                json.put("older", page.older()).put("newer", page.newer()).put("held", arrived.size()));
    }

    private void overview(Question question) {
        int most = question.limit(DEFAULT_EVENTS, MOST);
        EventFilter filter = EventFilter.of(question);
        question.answer(searches.run(() -> new Overview(view, view.ask(View::events), filter, most).json()));
    }

    private Place place(Question question) {
        List<Place> places = new ArrayList<>();
        question.seq("before").ifPresent(seq -> places.add(new Place.Before(seq)));
        question.seq("after").ifPresent(seq -> places.add(new Place.After(seq)));
        question.text("around")
                .ifPresent(around -> places.add(new Place.Around(
                        around.indexOf(':') < 0
                                ? Question.seq("around", around)
                                : view.ask(asked -> find(asked, Question.dotOf(around)))
                                        .seq())));
        if (places.size() > 1) {
            throw Problem.badRequest("A page lies before, after or around one event: parameters=" + places.size()
                    + "; give one of before, after, around, or none for the newest");
        }
        return places.isEmpty() ? new Place.Newest() : places.get(0);
    }

    /** With what each covers; those that went out of view meanwhile cover what is left. */
    private List<HasseNode> nodes(List<HeldEvent> events) {
        List<HasseNode> nodes = new ArrayList<>(events.size());
        for (int from = 0; from < events.size(); from += AT_ONCE) {
            List<HeldEvent> some = events.subList(from, Math.min(events.size(), from + AT_ONCE));
            nodes.addAll(view.ask(asked -> some.stream().map(asked::node).toList()));
        }
        return nodes;
    }

    static HeldEvent find(View view, Dot dot) {
        return view.find(dot).orElseThrow(() -> {
            Absence absence = view.absence(dot);
            return Problem.notFound(absence.gone() ? "Gone from view" : "Not seen", absence.sentence());
        });
    }

    private void event(Question question) {
        Dot dot = question.dotInPath();
        question.answer(view.ask(asked -> {
            HeldEvent event = find(asked, dot);
            ObjectNode json = ViewJson.event(asked.node(event));
            for (CausalRegion region : CausalRegion.values()) {
                json.put(region.name().toLowerCase(Locale.ROOT), total(asked.runs(event, region)));
            }
            return json.set("coveredBy", ViewJson.dots(asked.coveredBy(event)));
        }));
    }

    private void region(Question question, CausalRegion region) {
        Dot dot = question.dotInPath();
        int limit = question.limit(MOST, MOST);
        Optional<ProcessId> after = question.process("after");
        List<ProcessRun> runs = view.ask(asked -> asked.runs(find(asked, dot), region));
        List<ProcessRun> rest = runs.stream()
                .filter(run -> after.isEmpty() || run.process().compareTo(after.get()) > 0)
                .toList();
        List<ProcessRun> part = rest.subList(0, Math.min(limit, rest.size()));
        ObjectNode json = JSON.objectNode().put("dot", dot.toString()).put("total", total(runs));
        json.set("runs", ViewJson.list(part, ViewJson::run));
        if (part.size() < rest.size()) {
            json.put("next", part.get(part.size() - 1).process().toString());
        }
        question.answer(json);
    }

    private static long total(List<ProcessRun> runs) {
        return runs.stream().mapToLong(ProcessRun::length).sum();
    }

    private void relation(Question question) {
        Dot a = question.dot("a");
        Dot b = question.dot("b");
        Relation relation = view.ask(asked -> Relation.of(stamped(asked, a), stamped(asked, b)));
        question.answer(ViewJson.relation(relation));
    }

    private static StampedEvent stamped(View view, Dot dot) {
        return new StampedEvent(dot, find(view, dot).clock());
    }
}
