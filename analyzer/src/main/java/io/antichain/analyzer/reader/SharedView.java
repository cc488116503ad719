package io.antichain.analyzer.reader;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A view that one thread tells things and others ask. Either has it to itself for as long as a batch or an answer takes; what
 * takes longer, such as a search through all events, is done with a copy.
 */
public final class SharedView {
    private final View view;
    private boolean awakened;

    public SharedView(View view) {
        this.view = view;
    }

    /** Tells things, and wakes who waits for news. */
    public synchronized void tell(Consumer<View> news) {
        news.accept(view);
        notifyAll();
    }

    /** Wakes for good who waits for news: the program stops. */
    public synchronized void wake() {
        awakened = true;
        notifyAll();
    }

    /** Asks. The answer holds nothing that changes, but for the depths of events. */
    public synchronized <T> T ask(Function<View, T> question) {
        return question.apply(view);
    }

    /**
     * Waits until there is an event or a conflict record with at least these numbers, or for {@code timeoutMs}; not at all
     * once awakened.
     */
    public synchronized void awaitNews(long event, long conflict, long timeoutMs) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        long leftMs = timeoutMs;
        while (leftMs > 0 && !awakened && view.nextEvent() <= event && view.nextConflict() <= conflict) {
            wait(leftMs);
            leftMs = (deadline - System.nanoTime()) / 1_000_000;
        }
    }
}
