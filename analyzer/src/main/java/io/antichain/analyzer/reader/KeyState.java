package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import io.antichain.schemas.EventRef;
import java.util.List;
import java.util.Optional;

/**
 * How one key stands.
 *
 * @param key the key
 * @param siblings its maximal events; more than one: it is open
 * @param resolvedBy the event that closed it last, if it was open and is not
 */
public record KeyState(String key, List<EventRef> siblings, Optional<Dot> resolvedBy) {
    public boolean open() {
        return siblings.size() > 1;
    }
}
