package io.antichain.analyzer.export;

import io.antichain.analyzer.logfile.LoggedExecution;
import java.io.IOException;
import java.util.List;

/** Writes executions in one format. Causes come before their effects; events that stand in the files twice, once. */
public interface ExecutionWriter {
    void write(List<LoggedExecution> executions, Appendable out) throws IOException;
}
