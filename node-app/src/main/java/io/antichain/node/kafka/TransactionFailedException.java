package io.antichain.node.kafka;

import io.antichain.schemas.kafka.KafkaRefusal;
import java.util.Map;

/** A transaction that failed, or whose outcome is not known: only the log can tell. */
final class TransactionFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    TransactionFailedException(Throwable cause) {
        super(KafkaRefusal.sentence(cause, Map.of()).orElse(Clients.rootMessage(cause)), cause);
    }
}
