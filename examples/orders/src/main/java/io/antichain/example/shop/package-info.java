/** Runs both services with two customers, and makes two of their orders overlap. */
package io.antichain.example.shop;
