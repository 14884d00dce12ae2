"""The reading room: pages and a JSON API over a store. Knows HTTP and people; uses khabar's public API only."""
