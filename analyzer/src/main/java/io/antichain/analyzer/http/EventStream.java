package io.antichain.analyzer.http;

import io.antichain.analyzer.reader.ConflictTexts;
import io.antichain.analyzer.reader.HasseNode;
import io.antichain.analyzer.reader.HeldConflict;
import io.antichain.analyzer.reader.HeldEvent;
import io.antichain.analyzer.reader.SharedView;
import io.antichain.analyzer.reader.View;
import io.antichain.clocks.Dot;
import io.antichain.http.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * New events and conflicts as they come, as server-sent events. A client has a thread, and a place in the view: nothing is
 * kept for it, so one that is slow holds up nobody. When it is too far behind, it is told how many it missed. A conflict is
 * told behind its event.
 *
 * <p>The id of a message is {@code LIFE-SEQ-SEQ}: the program's start, the seq of the next event, that of the next conflict.
 * A client that comes back with it goes on there.
 */
final class EventStream {
    /** More clients at once are refused. */
    static final int MAX_STREAMS = 32;

    /** A client that is further behind misses what lies between, events or conflicts. */
    static final int MAX_BEHIND = 10_000;

    /** So many events are told, then so many conflicts. */
    static final int AT_ONCE = 50;

    private static final long SUMMARY_EVERY_MS = 1_000;
    private static final long STILL_THERE_EVERY_MS = 10_000;
    private static final Pattern ID = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})");

    private final SharedView view;
    private final AnalyzerStatus status;
    private final BooleanSupplier closed;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);

    EventStream(SharedView view, AnalyzerStatus status, BooleanSupplier closed) {
        this.view = view;
        this.status = status;
        this.closed = closed;
    }

    void answer(Question question) {
        Client client = new Client(question);
        if (!streams.tryAcquire()) {
            throw Problem.passing(
                    503,
                    "Busy",
                    "At most " + MAX_STREAMS + " clients follow the stream: streams=" + MAX_STREAMS
                            + "; close one, or ask GET /events?after=SEQ now and then");
        }
        try {
            client.follow();
        } catch (IOException e) {
            // The client is gone; there is nobody to tell.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release();
        }
    }

    /** One client: the first seqs that it was not told of, and what is written to it. */
    private final class Client {
        private final HttpServletResponse response;
        private final long life = status.since().toEpochMilli();
        private long event;
        private long conflict;
        private boolean wasTold = true;
        private long summaryAtMs;
        private OutputStream out;

        Client(Question question) {
            this.response = question.context().res();
            this.event = view.ask(View::nextEvent);
            this.conflict = view.ask(View::nextConflict);
            question.seq("after").ifPresent(after -> event = Math.min(event, after + 1));
            Optional.ofNullable(question.context().header("Last-Event-ID"))
                    .map(ID::matcher)
                    .filter(Matcher::matches)
                    .ifPresent(this::goOn);
        }

        /** Behind what it was told last; all is news to it if that was before the program started. */
        private void goOn(Matcher id) {
            boolean sameLife = Long.parseLong(id.group(1)) == life;
            event = sameLife ? Math.min(event, Long.parseLong(id.group(2))) : 0;
            conflict = sameLife ? Math.min(conflict, Long.parseLong(id.group(3))) : 0;
        }

        void follow() throws IOException, InterruptedException {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            out = response.getOutputStream();
            while (!closed.getAsBoolean()) {
                skip();
                boolean toldEvents = tellEvents();
                boolean toldConflicts = tellConflicts();
                wasTold |= toldEvents || toldConflicts;
                tellSummary();
                out.flush();
                if (!toldEvents && !toldConflicts) {
                    view.awaitNews(event, conflict, SUMMARY_EVERY_MS);
                }
            }
        }

        private void skip() throws IOException {
            long firstEvent = view.ask(asked -> Math.max(asked.firstEvent(), asked.nextEvent() - MAX_BEHIND));
            long firstConflict = view.ask(asked -> Math.max(asked.firstConflict(), asked.nextConflict() - MAX_BEHIND));
            long lostEvents = Math.max(0, firstEvent - event);
            long lostConflicts = Math.max(0, firstConflict - conflict);
            if (lostEvents + lostConflicts > 0) {
                event += lostEvents;
                conflict += lostConflicts;
                write("lost", "{\"events\":" + lostEvents + ",\"conflicts\":" + lostConflicts + "}");
            }
        }

        private boolean tellEvents() throws IOException {
            List<HasseNode> nodes = view.ask(asked -> asked.events(event, event + AT_ONCE).stream()
                    .map(asked::node)
                    .toList());
            for (HasseNode node : nodes) {
                HeldEvent told = node.event();
                event = told.seq() + 1;
                write("event", ViewJson.event(node).toString());
            }
            return !nodes.isEmpty();
        }

        private boolean tellConflicts() throws IOException {
            List<HeldConflict> conflicts = view.ask(asked -> asked.conflicts(conflict, conflict + AT_ONCE).stream()
                    .takeWhile(next -> eventIsTold(asked, next))
                    .toList());
            for (HeldConflict told : conflicts) {
                conflict = told.seq() + 1;
                Map<Dot, String> texts = view.ask(asked -> ConflictTexts.of(told.conflict(), asked));
                write("conflict", ViewJson.conflict(told, texts).toString());
            }
            return !conflicts.isEmpty();
        }

        /** Whether the client has heard of the conflict's event, or cannot, as it is not in view. */
        private boolean eventIsTold(View asked, HeldConflict next) {
            return asked.find(next.conflict().event().dot())
                    .map(held -> held.seq() < event)
                    .orElse(true);
        }

        /** When something is new; when not, now and then, which also tells whether the client is still there. */
        private void tellSummary() throws IOException {
            long nowMs = System.nanoTime() / 1_000_000;
            if (nowMs - summaryAtMs >= (wasTold ? SUMMARY_EVERY_MS : STILL_THERE_EVERY_MS)) {
                summaryAtMs = nowMs;
                wasTold = false;
                write("summary", status.summary(view).toString());
            }
        }

        private void write(String name, String data) throws IOException {
            String id = life + "-" + event + "-" + conflict;
            out.write(("id: " + id + "\nevent: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
