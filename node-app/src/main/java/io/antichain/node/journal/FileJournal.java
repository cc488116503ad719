package io.antichain.node.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.node.kafka.Journal;
import io.antichain.node.protocol.OwnPast;
import io.antichain.node.protocol.Place;
import io.antichain.node.protocol.Transaction;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.micrometer.core.instrument.Counter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal that is appended to a file, one JSON object a line, and survives a kill of the program. What was delivered
 * reaches the file before the transaction that rests on it is sent, and an acknowledgement before it is answered. After a line
 * that cannot be written none is: a journal has no holes. That is logged once, and the lines are counted.
 *
 * <pre>
 * {"recovered": CHECKPOINT or null}   what the log held of the name
 * {"delivered": [partition, offset]}
 * {"attempted": CHECKPOINT, "dots": ["node-1:5", …], "payloads": ["…", …]}
 * {"committed": [[partition, offset], …]}   of all messages of the attempt
 * {"acknowledged": "node-1:5"}
 * </pre>
 *
 * CHECKPOINT is {@code {"process", "clock", "lamport", "positions", "joined"}}.
 */
public final class FileJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Path path;
    private final Counter lost;
    private final BufferedWriter file;
    private boolean failed;

    /**
     * @param lost counts the lines that could not be written
     * @throws UncheckedIOException if the file cannot be opened
     */
    public FileJournal(Path path, Counter lost) {
        this.path = path;
        this.lost = lost;
        try {
            file = Files.newBufferedWriter(
                    path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The journal cannot be opened: journal=" + path + "; name a file that can be written", e);
        }
    }

    @Override
    public void recovered(OwnPast past) {
        ObjectNode line = JSON.objectNode();
        if (past.checkpoints().newest().isPresent()) {
            line.set("recovered", checkpoint(past.checkpoints().newest().get()));
        } else {
            line.putNull("recovered");
        }
        write(line, true);
    }

    @Override
    public void delivered(Event event, Place place) {
        ObjectNode line = JSON.objectNode();
        line.set("delivered", place(place));
        write(line, false);
    }

    @Override
    public void attempted(Transaction transaction) {
        ObjectNode line = JSON.objectNode();
        line.set("attempted", checkpoint(transaction.checkpoint()));
        ArrayNode dots = line.putArray("dots");
        ArrayNode payloads = line.putArray("payloads");
        for (Event message : transaction.messages()) {
            dots.add(message.dot().toString());
            payloads.add(message.payload());
        }
        write(line, true);
    }

    @Override
    public void committed(List<Place> places) {
        ObjectNode line = JSON.objectNode();
        ArrayNode array = line.putArray("committed");
        places.forEach(place -> array.add(place(place)));
        write(line, true);
    }

    @Override
    public void acknowledged(Event event) {
        write(JSON.objectNode().put("acknowledged", event.dot().toString()), true);
    }

    private static ArrayNode place(Place place) {
        return JSON.arrayNode().add(place.partition()).add(place.offset());
    }

    private static ObjectNode checkpoint(ClockCheckpoint checkpoint) {
        ObjectNode json = JSON.objectNode();
        json.put("process", checkpoint.process().toString());
        ObjectNode clock = json.putObject("clock");
        checkpoint.clock().forEach((process, counter) -> clock.put(process.toString(), counter));
        json.put("lamport", checkpoint.lamport().value());
        ObjectNode positions = json.putObject("positions");
        new TreeMap<>(checkpoint.positions())
                .forEach((partition, offset) -> positions.put(partition.toString(), offset));
        json.put("joined", checkpoint.joined());
        return json;
    }

    private void write(ObjectNode line, boolean flush) {
        if (!failed) {
            try {
                file.write(line.toString());
                file.write('\n');
                if (flush) {
                    file.flush();
                }
                return;
            } catch (IOException e) {
                failed = true;
                LOG.atError()
                        .addKeyValue("journal", path)
                        .addKeyValue("reason", e.toString())
                        .log("The journal cannot be written on, and ends here; the node goes on without");
            }
        }
        lost.increment();
    }
}
