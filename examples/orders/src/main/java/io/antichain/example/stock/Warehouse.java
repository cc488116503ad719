package io.antichain.example.stock;

/** Where the pieces are. */
public interface Warehouse {
    /** Whether work goes on. */
    boolean isOpen();

    /** Gets a piece off the shelf, and returns when it is there: that takes a while. */
    void fetch(String item);
}
