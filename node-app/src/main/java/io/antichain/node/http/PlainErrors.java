package io.antichain.node.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The server's own refusals (a header too long, a path that is none) as JSON problems, like all others. */
final class PlainErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        ProblemException problem = ProblemException.of(
                code, "Request refused", message == null ? "The server could not read the request" : message);
        String json = problem.json(request.getHttpURI().getPath()).toString();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemException.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
    }
}
