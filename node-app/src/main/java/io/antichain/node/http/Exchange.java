package io.antichain.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** A request and its one answer. Any thread may read and write; none waits for the client. */
final class Exchange {
    private final Request request;
    private final Response response;
    private final Callback done;

    /** @param done told once, when the answer is written or cannot be */
    Exchange(Request request, Response response, Callback done) {
        this.request = request;
        this.response = response;
        this.done = done;
    }

    String method() {
        return request.getMethod();
    }

    /** The path asked for, decoded. */
    String path() {
        return Request.getPathInContext(request);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** The first query parameter of the name. */
    Optional<String> parameter(String name) {
        Fields.Field field = Request.extractQueryParameters(request).get(name);
        return Optional.ofNullable(field).map(Fields.Field::getValue);
    }

    /** Does what may fail; a failure is answered as the problem that it is. */
    void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Hands the whole body over once it is there; one of more than {@code maxBytes} is answered 413. */
    void readBody(int maxBytes, Consumer<byte[]> taker) {
        readOn(new ByteArrayOutputStream(Math.min(maxBytes, Math.max(0, (int) request.getLength()))), maxBytes, taker);
    }

    private void readOn(ByteArrayOutputStream body, int maxBytes, Consumer<byte[]> taker) {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(() -> attempt(() -> readOn(body, maxBytes, taker)));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                done.failed(chunk.getFailure());
                return;
            }
            // Not by Content-Length: a body that comes in chunks has none.
            boolean tooLarge = body.size() + chunk.remaining() > maxBytes;
            if (!tooLarge) {
                byte[] bytes = new byte[chunk.remaining()];
                chunk.getByteBuffer().get(bytes);
                body.writeBytes(bytes);
            }
            boolean last = chunk.isLast();
            chunk.release();
            if (tooLarge) {
                throw ProblemException.of(
                        413,
                        "Body too large",
                        "A body has at most " + maxBytes + " bytes; publish a reference instead");
            }
            if (last) {
                taker.accept(body.toByteArray());
                return;
            }
        }
    }

    void json(int status, ObjectNode body) {
        write(status, "application/json", bytes(body));
    }

    /** Answers with a text that is there. */
    void text(String contentType, byte[] text) {
        write(200, contentType, text);
    }

    /** Answers with the problem that {@code failure} stands for. */
    void fail(Throwable failure) {
        ProblemException problem = Problems.of(failure, path());
        problem.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        write(problem.status(), ProblemException.CONTENT_TYPE, bytes(problem.json(path())));
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(int status, String contentType, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), done);
    }
}
