package io.antichain.analyzer.http;

import io.antichain.http.Problem;
import java.util.Set;

/**
 * One documented operation; all are GET.
 *
 * @param path as in {@code /events/{dot}}
 * @param parameters the query parameters that it takes; another one is refused
 * @param answer writes the answer
 */
record QueryRoute(String path, Set<String> parameters, Answer answer) {
    /** Answers a question, or throws a {@link Problem}. */
    @FunctionalInterface
    interface Answer {
        void to(Question question);
    }
}
