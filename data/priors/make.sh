#!/bin/sh
# Fits the priors of this folder anew, from the records beside the repository.  Run it at the root of the repository.
set -e
shared=../shared/data
detente=build/release/detente

$detente fit $shared/states-1816-1970 --model data/priors/models/states-1816-1970.toml \
  --save data/priors/states-1816-1970.toml

# ICEWS14 counts hours since 2014-01-01: as a record with dates its recencies are in days, as the arena's are.
record=build/icews14
mkdir -p $record
awk -F, 'NR == 1 { print "code,label,quad_class,default_intensity"; next }
  { print "r" $1 ",relation " $1 "," $(NF - 1) "," $NF }' $shared/icews14/relation_cameo.csv > $record/types.csv
awk -F'\t' 'BEGIN { OFS = ","; print "date,source,target,type" }
  $1 != $3 { print strftime("%Y-%m-%d", 1388534400 + 3600 * $4, 1), "e" $1, "e" $3, "r" $2 }' \
  $shared/icews14/train.txt > $record/events.csv
$detente fit $record --model data/priors/models/icews14.toml --save data/priors/icews14.toml
