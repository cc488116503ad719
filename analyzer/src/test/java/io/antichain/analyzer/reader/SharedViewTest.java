package io.antichain.analyzer.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.GeneratedEvents;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class SharedViewTest {
    private static final long LONG_MS = 30_000;

    private final SharedView shared = new SharedView(new View(new ViewLimits(500)));

    @Test
    void whoWaitsIsWokenByNews() throws Exception {
        CompletableFuture<Long> woken = waiting();
        messages(2, 1).forEach(message -> tell(message, 0));
        assertThat(woken.get(LONG_MS, TimeUnit.MILLISECONDS)).isEqualTo(1);
    }

    @Test
    void whoWaitsIsWokenWhenTheProgramStops() throws Exception {
        CompletableFuture<Long> woken = waiting();
        shared.wake();
        assertThat(woken.get(LONG_MS, TimeUnit.MILLISECONDS)).isZero();
    }

    @Test
    void answersAreOfOneMomentWhileEventsCome() throws Exception {
        List<Event> events = messages(4, 20_000);
        CompletableFuture<Void> telling = CompletableFuture.runAsync(() -> {
            for (int offset = 0; offset < events.size(); offset++) {
                tell(events.get(offset), offset);
            }
        });
        long answers = 0;
        while (!telling.isDone()) {
            shared.ask(view -> {
                List<HeldEvent> held = view.events();
                if (!held.isEmpty()) {
                    HeldEvent oldest = held.get(0);
                    long known = view.runs(oldest, CausalRegion.PAST).stream()
                                    .mapToLong(ProcessRun::length)
                                    .sum()
                            + view.runs(oldest, CausalRegion.FUTURE).stream()
                                    .mapToLong(ProcessRun::length)
                                    .sum()
                            + view.runs(oldest, CausalRegion.CONCURRENT).stream()
                                    .mapToLong(ProcessRun::length)
                                    .sum();
                    assertThat(known).isEqualTo(held.size() - 1L);
                    assertThat(view.nextEvent() - view.firstEvent()).isEqualTo(held.size());
                }
                return null;
            });
            answers++;
        }
        telling.get();
        assertThat(answers).isPositive();
    }

    private static List<Event> messages(int processes, int count) {
        return new GeneratedEvents(new Random(1), processes, 10)
                .with(count).stream()
                        .filter(event -> event.kind() == Event.Kind.MESSAGE)
                        .toList();
    }

    private CompletableFuture<Long> waiting() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                shared.awaitNews(0, 0, LONG_MS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return shared.ask(View::nextEvent);
        });
    }

    private void tell(Event event, long offset) {
        shared.tell(view -> view.tell(event, new Position("events", 0, offset), offset));
    }
}
