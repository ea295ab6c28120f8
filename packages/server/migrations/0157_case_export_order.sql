-- An export of every case reads page after page in this order: without the index each page sorts them all.
create index case_file_order on case_file (external_id, id);
