/**
 * What passes between the parts of the system, as values: events, checkpoints, conflicts, anomalies, and the topics' names.
 * Start at {@link io.antichain.schemas.Event}. The wire form is in {@code src/main/avro}, the translation in {@code codec},
 * the registry's serializers in {@code registry}; these values know of neither.
 */
package io.antichain.schemas;
