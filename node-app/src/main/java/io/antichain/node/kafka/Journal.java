package io.antichain.node.kafka;

import io.antichain.node.protocol.OwnPast;
import io.antichain.node.protocol.Place;
import io.antichain.node.protocol.Transaction;
import io.antichain.schemas.Event;
import java.util.List;

/** Is told what a node does, beside Kafka and before anybody hears of it. A debugging aid: it must not fail, and decides nothing. */
public interface Journal {
    /** Keeps nothing. */
    Journal NONE = new Journal() {
        @Override
        public void recovered(OwnPast past) {}

        @Override
        public void delivered(Event event, Place place) {}

        @Override
        public void attempted(Transaction transaction) {}

        @Override
        public void committed(List<Place> places) {}

        @Override
        public void acknowledged(Event event) {}
    };

    /** This is what the log held of the name: a start, or a recovery within a life. */
    void recovered(OwnPast past);

    /** This message is now part of what the node knows. */
    void delivered(Event event, Place place);

    /** This transaction is about to be sent. */
    void attempted(Transaction transaction);

    /** The transaction is committed, and its messages stand there. */
    void committed(List<Place> places);

    /** This message is about to be answered with success. */
    void acknowledged(Event event);
}
